import fc from 'fast-check'
import { expect, test } from 'vitest'
import { historyOf, seriesOf } from '../../test/synthetic-run'
import { curvesOf, drawn, readAt } from './drawing'
import { evenly, listed, X_AXES } from './positions'
import { median } from './spread'
import { thinned, type Window } from './thin'
import { tracksOf } from './track'

const ASPECT = { quantity: 'loss', axis: 'step', smoothing: 0 } as const
const NOISE = (step: number) => 2 + Math.sin(1.7 * step) + Math.sin(0.01 * step)
const window = (from: number, to: number, log = false): Window => ({ from, to, log })

test('no more than 500 points are drawn of a series of any length, in any window', () => {
  const history = historyOf(100_000, NOISE)
  const series = seriesOf('a', 0, [history])
  const several = seriesOf('b', 0, [history, history, history])
  fc.assert(
    fc.property(
      fc.nat(100_000),
      fc.nat(100_000),
      fc.constantFrom(...X_AXES),
      fc.boolean(),
      (a, b, axis, log) => {
        const [curve, seeds] = curvesOf([series, several], { ...ASPECT, axis, smoothing: 0.5 })
        const end = curve!.tracks.training[0]!.x.at(99_999)
        const [low, high] = [Math.min(a, b), Math.max(a, b) + 1].map(
          (x) => (x * end) / 100_001,
        ) as [number, number]
        const seen = window(log ? Math.max(low, end / 1e6) : low, high + end / 1e5, log)
        for (const { line, raw, band } of [drawn(curve!, seen), drawn(seeds!, seen)]) {
          for (const points of [line, raw, band]) {
            expect(points.length).toBeLessThanOrEqual(500)
            expect(points.every(({ x }, i) => i === 0 || x > points[i - 1]!.x)).toBe(true)
          }
        }
      },
    ),
    { numRuns: 60 },
  )
})

test('one step that stands out among 100,000 is drawn', () => {
  const track = tracksOf(
    seriesOf('a', 0, [historyOf(100_000, (s) => (s === 54_321 ? 40 : NOISE(s)))]),
    ASPECT,
  )
  const points = thinned(track.training[0]!, window(0, 100_000))
  expect(points.find(({ y }) => y === 40)).toEqual({ x: 54_321, y: 40 })
})

test('the same points are drawn again where a window moves on', () => {
  const { training } = tracksOf(seriesOf('a', 0, [historyOf(50_000, NOISE)]), ASPECT)
  const here = thinned(training[0]!, window(10_000, 30_000))
  const there = thinned(training[0]!, window(10_100, 30_100))
  const inside = ({ x }: { x: number }) => x > 10_300 && x < 29_700
  expect(there.filter(inside)).toEqual(here.filter(inside))
})

test('few points are all drawn, with the neighbours that lines come from', () => {
  const { training } = tracksOf(seriesOf('a', 0, [historyOf(100, NOISE)]), ASPECT)
  expect(thinned(training[0]!, window(40, 43)).map(({ x }) => x)).toEqual([39, 40, 41, 42, 43])
})

test('an axis counts steps, epochs, images or seconds', () => {
  const series = seriesOf('a', 0, [historyOf(200, NOISE)])
  series.histories[0]!.addEvaluation({ step: 100, loss: 1.5, accuracy: 0.5, images: 10 })
  const last = X_AXES.map((axis) => {
    const { training, validation } = tracksOf(series, { ...ASPECT, axis })
    return [training[0]!.x.at(199), validation[0]!.x.at(0)]
  })
  expect(last).toEqual([
    [200, 100],
    [2, 1],
    [20, 10],
    [2000, 1000],
  ])
})

test('a difference is taken seed by seed, and only where the other has been', () => {
  const ours = seriesOf('a', 0, [historyOf(9, (s) => s), historyOf(9, (s) => 2 * s)])
  const base = seriesOf('b', 1, [historyOf(9, (s) => s - 1), historyOf(6, (s) => s)])
  const [first, second] = tracksOf(ours, ASPECT, base).training
  expect([...first!.y]).toEqual(Array(9).fill(1))
  expect([...second!.y]).toEqual([1, 2, 3, 4, 5, 6, Number.NaN, Number.NaN, Number.NaN])
  const [a, b] = curvesOf([ours, base], ASPECT, 'b')
  expect(readAt(a!.tracks.training, 5)).toBe(3)
  expect(readAt(b!.tracks.training, 5)).toBe(0)
})

test('a difference over time reads the other run between two of its points', () => {
  const [ours, theirs] = [historyOf(3, () => 1), historyOf(3, (s) => s)]
  const base = { ...seriesOf('b', 1, [theirs]), batchSize: 20 }
  const { y } = tracksOf(seriesOf('a', 0, [ours]), { ...ASPECT, axis: 'images' }, base).training[0]!
  expect([...y]).toEqual([Number.NaN, 0, -0.5])
})

test('several seeds are a median and a band: all of them, the middle half at five', () => {
  const seeds = (n: number) => Array.from({ length: n }, (_, i) => historyOf(50, () => i + 1))
  const at = (n: number) =>
    drawn(curvesOf([seriesOf('a', 0, seeds(n))], ASPECT)[0]!, window(0, 50)).band[19]
  expect(at(2)).toEqual({ x: 20, low: 1, median: 1.5, high: 2 })
  expect(at(3)).toEqual({ x: 20, low: 1, median: 2, high: 3 })
  expect(at(5)).toEqual({ x: 20, low: 2, median: 3, high: 4 })
  expect(median([4, 1, 2])).toBe(2)
})

test('the band of a thinned series reaches to the extremes between its points', () => {
  const flat = historyOf(100_000, () => 1)
  const spiked = historyOf(100_000, (s) => (s === 777 ? 9 : 2))
  const [curve] = curvesOf([seriesOf('a', 0, [flat, spiked])], ASPECT)
  const { band } = drawn(curve!, window(0, 100_000))
  expect(Math.max(...band.map(({ high }) => high))).toBe(9)
  expect(band.every(({ low, median, high }) => low <= median && median <= high)).toBe(true)
})

test('the first point at or after a place is found on both kinds of positions', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.001, max: 1e4, noNaN: true }),
      fc.nat(300),
      fc.nat(310),
      (unit, length, k) => {
        const even = evenly(unit, length)
        const list = listed(Array.from({ length }, (_, i) => even.at(i)))
        for (const x of [k * unit, k * unit + unit / 3]) {
          const expected = Array.from({ length }, (_, i) => even.at(i)).findIndex((at) => at >= x)
          expect([even.from(x), list.from(x)]).toEqual(
            Array(2).fill(expected < 0 ? length : expected),
          )
        }
      },
    ),
  )
})

test('a loss that is no number breaks the line and leaves the rest', () => {
  const diverged = historyOf(1000, (s) => (s === 1000 ? Number.NaN : 1))
  const [curve] = curvesOf([seriesOf('a', 0, [diverged])], ASPECT)
  const { line } = drawn(curve!, window(0, 1000))
  expect(line.at(-1)).toEqual({ x: 1000, y: Number.NaN })
  expect(line.slice(0, -1).every(({ y }) => y === 1)).toBe(true)
  expect(readAt(curve!.tracks.training, 999)).toBe(1)
  expect(readAt(curve!.tracks.training, 1000)).toBeUndefined()
})
