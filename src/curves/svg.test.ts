import { expect, test } from 'vitest'
import { historyOf, seriesOf } from '../../test/synthetic-run'
import type { Look } from './frame'
import { changeName } from './marks'
import { type ChartWords, chartSvg, exportName } from './svg'

const LOOK: Look = {
  ...{ quantity: 'loss', axis: 'step', smoothing: 0.9, logX: false, logY: false },
  ...{ relativeTo: undefined, zoom: undefined },
}

const WORDS: ChartWords = {
  ...{ title: 'Loss over steps', height: 'Loss', axis: 'steps', key: 'line: training' },
  nameOf: ({ name, histories }) => `${name} (${histories.length})`,
  changeOf: changeName,
}

function lanes() {
  const falling = (from: number) => historyOf(2000, (step) => from * Math.exp(-step / 900) + 0.1)
  const v1 = seriesOf('v1', 0, [falling(2), falling(2.4)])
  const v2 = seriesOf('v2 <script> & "more"', 1, [falling(2.2)])
  v2.histories[0]!.addEvaluation({ step: 1000, loss: 1, accuracy: 0.7, images: 10 })
  v2.histories[0]!.addMark({ step: 500, learningRate: 0.01 })
  return [v1, v2]
}

test('a chart stands alone: no reference, no variable, no class, names escaped', () => {
  const { svg, width, height } = chartSvg(WORDS, lanes(), LOOK)
  expect(svg).toMatch(new RegExp(`^<svg xmlns="[^"]+" width="${width}" height="${height}"`))
  expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(
    /https?:|href|var\(|class=|<script/,
  )
  expect(svg).not.toMatch(/NaN|Infinity|undefined/)
  expect(svg).toContain('v2 &lt;script&gt; &amp; &quot;more&quot;')
  expect(svg).toContain('v1 (2)')
  expect(svg).toContain('>rate 0.01</text>')
  expect(svg).toContain('<rect width="960"')
})

test('a chart is one of well-formed elements', () => {
  const { svg } = chartSvg(WORDS, lanes(), { ...LOOK, logX: true, logY: true })
  const open: string[] = []
  for (const [, end, name, empty] of svg.matchAll(/<(\/?)(\w+)[^>]*?(\/?)>/g)) {
    if (end) expect(open.pop()).toBe(name)
    else if (!empty) open.push(name!)
  }
  expect(open).toEqual([])
})

test('what is seen is exported: the window', () => {
  const zoomed = chartSvg(WORDS, lanes(), { ...LOOK, zoom: { from: 1000, to: 1200 } }).svg
  expect(zoomed).toContain('>1,100</text>')
  expect(zoomed).not.toContain('>500</text>')
})

test('a file is named for what it holds', () => {
  const all = ['ResNet-8 v1', 'ResNet-8 v2', 'a/b\\c', 'd', 'e'].map((name, i) =>
    seriesOf(name, i, []),
  )
  const more = (count: number) => `and ${count} more`
  expect(exportName('loss over steps', all.slice(0, 2), 'svg', more)).toBe(
    'loss-over-steps-resnet-8-v1-resnet-8-v2.svg',
  )
  expect(exportName('loss', all, 'png', more)).toBe(
    'loss-resnet-8-v1-resnet-8-v2-a-b-c-and-2-more.png',
  )
})
