import type { Change } from '../run/adjustment'
import type { DrawnCurve, PlacedMark } from './drawing'
import { placeTick, valueTick } from './format'
import { type Frame, frameOfSeries, type Look } from './frame'
import { laneStyle, markerPath } from './lanes'
import { bandPath, linePath } from './path'
import { type Scale, scaleOf } from './scale'
import type { CurveSeries } from './series'

export const SVG_WIDTH = 960
const PLOT = { left: 72, right: 936, top: 64, height: 380 }
const BOTTOM = PLOT.top + PLOT.height
const LEGEND_TOP = BOTTOM + 62
const LEGEND_LINE = 22
const FONT = 'Helvetica, Arial, sans-serif'
const INK = '#16202a'
const MUTED = '#566168'
const GRID = '#dde3e6'
/** About the width of a letter at the legend's size. */
const LETTER = 7.2
/** Chinese characters are about twice as wide. */
const WIDE = /[\u2e80-\u9fff\uff00-\uffef]/g
const KEY = 44
const MARKER = 4

/** What a chart says, in the language of the page. */
export interface ChartWords {
  title: string
  /** What the heights are. */
  height: string
  /** What the horizontal axis counts. */
  axis: string
  /** What the lines, the faint ones and the markers mean. */
  key: string
  nameOf(series: CurveSeries): string
  changeOf(change: Change): string
}

export interface ChartFile {
  svg: string
  width: number
  height: number
}

/**
 * A chart as an SVG that stands alone: on white, with title and legend, in fonts that every system
 * has.
 */
export function chartSvg(words: ChartWords, all: readonly CurveSeries[], look: Look): ChartFile {
  const { title } = words
  const { frame, marks } = frameOfSeries(all, look)
  const legend = legendOf(all, words)
  const height = LEGEND_TOP + legend.height + 12
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${SVG_WIDTH}" height="${height}" viewBox="0 0 ${SVG_WIDTH} ${height}" font-family="${FONT}" font-size="13" fill="none">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${SVG_WIDTH}" height="${height}" fill="#ffffff"/>`,
    text(24, 34, title, { size: 18, weight: 600 }),
    axes(frame, look, words),
    plot(frame, marks, words),
    legend.svg,
    '</svg>',
  ]
  return { svg: parts.join('\n'), width: SVG_WIDTH, height }
}

function escaped(value: string): string {
  const named: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
  // Letters that no XML may hold, whatever stands for them.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is removed
  return value.replace(/[\0-\x08\x0b\x0c\x0e-\x1f]/g, '').replace(/[&<>"]/g, (c) => named[c]!)
}

function text(
  x: number,
  y: number,
  value: string,
  { size = 13, weight = 400, anchor = 'start', fill = INK } = {},
): string {
  return `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" text-anchor="${anchor}" fill="${fill}">${escaped(value)}</text>`
}

function scales({ x, y }: Frame): [Scale, Scale] {
  return [scaleOf(x, PLOT.left, PLOT.right), scaleOf(y, BOTTOM, PLOT.top)]
}

function axes(frame: Frame, look: Look, words: ChartWords): string {
  const [x, y] = scales(frame)
  const muted = { fill: MUTED }
  const rows = frame.y.ticks.map((value) => {
    const at = tenth(y.pixel(value))
    const line = `<path d="M${PLOT.left} ${at}H${PLOT.right}" stroke="${GRID}"/>`
    return (
      line +
      text(PLOT.left - 8, at + 4, valueTick(look.quantity, value), { ...muted, anchor: 'end' })
    )
  })
  const columns = frame.x.ticks.map((value) => {
    const at = tenth(x.pixel(value))
    const line = `<path d="M${at} ${BOTTOM}v5" stroke="${MUTED}"/>`
    return line + text(at, BOTTOM + 20, placeTick(look.axis, value), { ...muted, anchor: 'middle' })
  })
  const middle = (PLOT.left + PLOT.right) / 2
  return [
    ...rows,
    ...columns,
    `<path d="M${PLOT.left} ${BOTTOM}H${PLOT.right}" stroke="${MUTED}"/>`,
    text(middle, BOTTOM + 40, words.axis, { anchor: 'middle' }),
    text(PLOT.left, PLOT.top - 10, words.height),
  ].join('\n')
}

function plot(frame: Frame, marks: readonly PlacedMark[], words: ChartWords): string {
  const [x, y] = scales(frame)
  const { left, right, top, height } = PLOT
  return [
    `<clipPath id="plot"><rect x="${left}" y="${top}" width="${right - left}" height="${height}"/></clipPath>`,
    '<g clip-path="url(#plot)">',
    ...marks.map(({ series, x: place, mark }) => {
      const at = tenth(x.pixel(place))
      const { colour } = laneStyle(series.lane)
      const line = `<path d="M${at} ${top}V${BOTTOM}" stroke="${colour}" stroke-dasharray="2 4"/>`
      return line + text(at + 4, top + 12, words.changeOf(mark), { size: 11, fill: MUTED })
    }),
    ...frame.lines.map((line) => lane(line, x, y)),
    '</g>',
  ].join('\n')
}

function lane({ series, band, raw, line, validation }: DrawnCurve, x: Scale, y: Scale): string {
  const { colour, dash, marker } = laneStyle(series.lane)
  const markers = validation
    .map((point) => markerPath(marker, tenth(x.pixel(point.x)), tenth(y.pixel(point.y)), MARKER))
    .join('')
  return [
    `<g stroke="${colour}" opacity="${series.muted ? 0.5 : 1}">`,
    `<path d="${bandPath(band, x, y)}" fill="${colour}" fill-opacity="0.18" stroke="none"/>`,
    `<path d="${linePath(raw, x, y)}" stroke-opacity="0.25"/>`,
    `<path d="${linePath(line, x, y)}" stroke-width="2" stroke-dasharray="${dash}"/>`,
    `<path d="${linePath(validation, x, y)}" stroke-opacity="0.6"/>`,
    `<path d="${markers}" fill="${colour}" stroke="#ffffff"/>`,
    '</g>',
  ].join('\n')
}

/** The names in lines as they fit, and below them what is drawn. */
function legendOf(all: readonly CurveSeries[], words: ChartWords): { svg: string; height: number } {
  const parts: string[] = []
  let [x, y] = [PLOT.left, LEGEND_TOP]
  for (const series of all) {
    const label = words.nameOf(series)
    const width = KEY + widthOf(label) + 24
    if (x > PLOT.left && x + width > PLOT.right) [x, y] = [PLOT.left, y + LEGEND_LINE]
    const { colour, dash, marker } = laneStyle(series.lane)
    parts.push(
      `<path d="M${x} ${y - 4}h36" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}"/>`,
      `<path d="${markerPath(marker, x + 18, y - 4, MARKER)}" fill="${colour}"/>`,
      text(x + KEY, y, label),
    )
    x += width
  }
  y += LEGEND_LINE
  parts.push(text(PLOT.left, y, words.key, { fill: MUTED }))
  return { svg: parts.join('\n'), height: y - LEGEND_TOP }
}

const NAMED = 3

/**
 * A file's name that says what it is: "loss-over-steps-v1-v2.svg". `more` tells how many series are
 * not named.
 */
export function exportName(
  what: string,
  all: readonly { name: string }[],
  ending: string,
  more: (count: number) => string,
): string {
  const names = all.map(({ name }) => name)
  const whose =
    names.length <= NAMED ? names : [...names.slice(0, NAMED), more(names.length - NAMED)]
  const plain = [what, ...whose]
    .join(' ')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
  return `${plain.slice(0, 120)}.${ending}`
}

const widthOf = (label: string) => LETTER * (label.length + (label.match(WIDE)?.length ?? 0))

const tenth = (pixel: number) => Math.round(10 * pixel) / 10
