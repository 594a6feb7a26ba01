/**
 * Draws what the signal meter read in runs with --meter as an SVG: figures over depth in the first
 * reading (dashed) and the last, with equation 4's defect of each stage.
 * npm run --silent signal -- LOG.jsonl … > SIGNAL.svg
 */
import type { UnitReading } from '../src/train/meter-reading'
import { namedLogs } from './logs'

const PANEL = { width: 380, height: 230, left: 52, right: 14, top: 34, bottom: 34 }
const COLOURS = ['#0b7285', '#c2410c', '#6741d9', '#5c940d', '#a61e4d', '#495057']
const GREY = '#566168'
const HEAD = 30
const FOOT_LINE = 18

interface Panel {
  title: string
  log: boolean
  value(unit: UnitReading): number | null
}

const PANELS: Panel[] = [
  {
    title: "direct path from the stage's end: measured ‖·‖ / ‖∂E/∂x_L‖",
    log: false,
    value: ({ path }) => (path.predicted === null ? null : path.measured),
  },
  { title: 'gradient at the input, ‖∂E/∂x‖', log: true, value: ({ gradient }) => gradient.x },
  { title: 'RMS of the output x′', log: false, value: ({ output }) => output },
  { title: '‖F‖ / ‖x‖', log: false, value: ({ fOverX }) => fOverX },
]

const runs = namedLogs().map(({ name, readings }) => {
  if (readings.length === 0) throw new Error(`${name}: it has no readings; train with --meter N`)
  return { name, first: readings[0]!, last: readings.at(-1)! }
})
const count = Math.max(...runs.map(({ last }) => last.meter.units.length))
const [columns, rows] = [2, PANELS.length / 2]
const width = columns * PANEL.width
const height = HEAD + rows * PANEL.height + FOOT_LINE * (runs.length + 1)

/** Round numbers that hold all values between them. */
function scaleOf({ log, value }: Panel) {
  const readings = runs.flatMap(({ first, last }) => [first, last])
  const values = readings.flatMap(({ meter }) => meter.units.map(value)).filter((v) => v !== null)
  if (!log) {
    const top = Math.max(...values)
    const step = [0.2, 0.25, 0.5, 1, 2, 5].find((size) => top / size <= 5) ?? top / 4
    const steps = Math.ceil(top / step)
    const ticks = Array.from({ length: steps + 1 }, (_, i) => i * step)
    return { ticks, share: (v: number) => v / (steps * step) }
  }
  const low = Math.floor(Math.log10(Math.min(...values)))
  const high = Math.ceil(Math.log10(Math.max(...values)))
  const ticks = Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i))
  return { ticks, share: (v: number) => (Math.log10(v) - low) / (high - low) }
}

/** A path through the units of each stage, broken between stages and where there is no number. */
function lineOf(
  units: readonly UnitReading[],
  at: (unit: UnitReading, i: number) => string | null,
) {
  let [line, stage] = ['', -1]
  for (const [i, unit] of units.entries()) {
    const point = at(unit, i)
    line += point === null ? '' : `${unit.stage === stage ? 'L' : 'M'}${point}`
    stage = point === null ? -1 : unit.stage
  }
  return line
}

function drawn(panel: Panel, index: number): string[] {
  const [left, top] = [
    (index % columns) * PANEL.width + PANEL.left,
    HEAD + Math.floor(index / columns) * PANEL.height + PANEL.top,
  ]
  const inner = {
    width: PANEL.width - PANEL.left - PANEL.right,
    height: PANEL.height - PANEL.top - PANEL.bottom,
  }
  const { ticks, share } = scaleOf(panel)
  const x = (i: number) => left + ((i + 0.5) / count) * inner.width
  const y = (value: number) => top + (1 - share(value)) * inner.height
  const line = (units: readonly UnitReading[]) =>
    lineOf(units, (unit, i) => {
      const value = panel.value(unit)
      return value === null ? null : `${x(i).toFixed(1)} ${y(value).toFixed(1)}`
    })
  return [
    `<text x="${left}" y="${top - 12}" font-weight="bold" fill="#1c2429">${panel.title}</text>`,
    ...ticks.flatMap((tick) => [
      `<path d="M${left} ${y(tick).toFixed(1)}h${inner.width}" stroke="#dde3e6"/>`,
      `<text x="${left - 6}" y="${(y(tick) + 4).toFixed(1)}" text-anchor="end" fill="${GREY}">${+tick.toPrecision(3)}</text>`,
    ]),
    `<text x="${left + inner.width / 2}" y="${top + inner.height + 20}" text-anchor="middle" fill="${GREY}">unit, from the stem (left) to the head</text>`,
    ...runs.flatMap(({ first, last }, i) =>
      [first, last].map(
        ({ meter }, isLast) =>
          `<path d="${line(meter.units)}" fill="none" stroke="${COLOURS[i % COLOURS.length]}" stroke-width="${isLast ? 2 : 1.3}"${isLast ? '' : ' stroke-dasharray="4 3"'}/>`,
      ),
    ),
  ]
}

function legend({ name, first, last }: (typeof runs)[number], i: number): string {
  const colour = COLOURS[i % COLOURS.length]
  const words = `${name}: step ${first.step} dashed, step ${last.step} solid`
  return `<text x="${PANEL.left + 330 * i}" y="20" fill="${colour}" font-weight="bold">${words}</text>`
}

function defects({ name, last }: (typeof runs)[number], i: number): string {
  const found = last.meter.stages.map(({ defect }) => defect?.toPrecision(2) ?? '–').join(', ')
  const y = HEAD + rows * PANEL.height + FOOT_LINE * (i + 0.6)
  return `<text x="${PANEL.left}" y="${y}" fill="${COLOURS[i % COLOURS.length]}">${name}: ‖x_L − (x_l + ΣF)‖ / ‖x_L‖ of its stages at step ${last.step}: ${found}</text>`
}

const parts = [
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="11">`,
  '<title>What the signal meter read, over depth</title>',
  '<rect width="100%" height="100%" fill="#fff"/>',
  ...runs.map(legend),
  ...PANELS.flatMap(drawn),
  ...runs.map(defects),
  '</svg>',
]
process.stdout.write(`${parts.join('\n')}\n`)
