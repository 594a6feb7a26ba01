import { expect, test } from 'vitest'
import { DoesNotFit } from '../autograd/program'
import { type ConvShape, shapeKey } from '../shaders/conv2d/choice'
import { GPU_CHOICE } from './defaults'
import { subjectsFor } from './subjects'
import type { Candidate } from './trial'
import { type Rig, Tuner } from './tuner'

const ADAPTER = { name: 'test', vendor: '', software: false, f16: false }

const conv = (side: number, C: number, K: number): ConvShape => ({
  ...{ element: 'f32', x: [8, side, side, C], w: [3, 3, C, K], stride: 1, padding: 1 },
})
const SHAPE = conv(16, 64, 64)
const KEY = shapeKey(SHAPE)
const [FORWARD] = subjectsFor(ADAPTER, [SHAPE], {})

/** An adapter whose clock goes on only while something runs. */
class FakeAdapter {
  clock = 0
  open = 0
  readonly runs: [Candidate, number][] = []

  constructor(
    private readonly milliseconds: (candidate: Candidate, measurement: number) => number,
    private readonly faults: Partial<Record<Candidate, string>> = {},
    /** Times are told in steps of so many milliseconds. */
    private readonly coarse = 0,
  ) {}

  readonly openRig = async (): Promise<Rig> => {
    this.open++
    return {
      fault: async (candidate) => this.faults[candidate],
      time: async (candidate, runs) => {
        const total = runs * this.milliseconds(candidate, this.runs.length)
        this.clock += total
        this.runs.push([candidate, runs])
        const told = this.coarse > 0 ? Math.floor(total / this.coarse) * this.coarse : total
        return told / runs
      },
      destroy: () => {
        this.open--
      },
    }
  }

  tuner(subjects = [FORWARD!], budgetMs = 2000): Tuner {
    return new Tuner(subjects, this.openRig, {}, budgetMs, () => this.clock)
  }
}

async function finish(tuner: Tuner): Promise<number> {
  let pieces = 0
  for await (const _ of tuner.pieces()) pieces++
  return pieces
}

test('the subjects are those without a winner, the largest convolution first, with the default first', () => {
  const small = conv(8, 8, 8)
  const subjects = subjectsFor(ADAPTER, [small, SHAPE], { [KEY]: { dataGradient: 'tiled' } })
  expect(subjects.map(({ shape, aspect }) => [shape, aspect])).toEqual([
    [SHAPE, 'forward'],
    [SHAPE, 'filterGradientThreads'],
    [SHAPE, 'filterGradientQuads'],
    [small, 'forward'],
    [small, 'dataGradient'],
    [small, 'filterGradientQuads'],
  ])
  expect(subjects[0]!.candidates).toEqual(['direct', 'row', 'tiled', 'tiled-wide'])
  expect(subjects[1]!.candidates[0]).toBe(GPU_CHOICE.filterGradientThreads)
  const pictures = subjectsFor(ADAPTER, [conv(32, 3, 16)], {})
  expect(pictures.map(({ aspect }) => aspect)).not.toContain('dataGradient')
})

test('candidates that launch the same are one', () => {
  // 8 pictures of 2 × 2 have 16 rows, which no number of threads makes into more parts.
  const [subject] = subjectsFor(ADAPTER, [conv(2, 8, 8)], {}).filter(
    ({ aspect }) => aspect === 'filterGradientThreads',
  )
  expect(subject).toBeUndefined()
})

test('the fastest candidate wins, by the least of its measurements', async () => {
  const times: Record<Candidate, number> = { row: 6, direct: 5, tiled: 4, 'tiled-wide': 3 }
  // One measurement of the fastest is disturbed.
  const adapter = new FakeAdapter((candidate, i) => times[candidate]! * (i === 3 ? 10 : 1))
  const tuner = adapter.tuner()
  await finish(tuner)
  expect(tuner.winners).toEqual({ [KEY]: { forward: 'tiled-wide' } })
  expect(adapter.open).toBe(0)
})

test('a candidate that is hardly faster does not take the place of the default', async () => {
  const tuner = new FakeAdapter((candidate) => (candidate === 'tiled' ? 4.95 : 5)).tuner()
  await finish(tuner)
  expect(tuner.winners).toEqual({ [KEY]: { forward: 'direct' } })
})

test('a wrong candidate does not win, is not timed, and is told with the reason', async () => {
  const faults = { tiled: '"y" is off by 0.5 of its largest value' }
  const adapter = new FakeAdapter((candidate) => (candidate === 'tiled' ? 1 : 5), faults)
  const tuner = adapter.tuner()
  await finish(tuner)
  expect(tuner.winners[KEY]!.forward).toBe('direct')
  expect(adapter.runs.map(([candidate]) => candidate)).not.toContain('tiled')
  expect(tuner.excluded).toEqual([
    { shape: SHAPE, aspect: 'forward', candidate: 'tiled', reason: faults.tiled },
  ])
})

test('short kernels run until coarse timestamps tell them apart, all as often and in turn', async () => {
  const times: Record<Candidate, number> = {
    row: 0.02,
    direct: 0.03,
    tiled: 0.015,
    'tiled-wide': 0.03,
  }
  const adapter = new FakeAdapter((candidate) => times[candidate]!, {}, 0.1)
  const tuner = adapter.tuner()
  await finish(tuner)
  const measured = adapter.runs.slice(-12)
  expect(measured.map(([candidate]) => candidate)).toEqual(
    Array.from({ length: 3 }, () => ['direct', 'row', 'tiled', 'tiled-wide']).flat(),
  )
  const [[, runs]] = measured as [[Candidate, number]]
  expect(measured.every((one) => one[1] === runs)).toBe(true)
  expect(runs * times.direct!).toBeGreaterThanOrEqual(2)
  expect(tuner.winners[KEY]!.forward).toBe('tiled')
})

test('over its budget it stops, keeps what is decided, and frees what it had open', async () => {
  const subjects = subjectsFor(ADAPTER, [SHAPE], {})
  const adapter = new FakeAdapter(() => 40)
  const tuner = adapter.tuner(subjects, 500)
  await finish(tuner)
  expect(Object.keys(tuner.winners[KEY]!)).toEqual(['forward'])
  expect(adapter.clock).toBeLessThan(500 + 40)
  expect(adapter.open).toBe(0)
})

test('time between the pieces does not count', async () => {
  const adapter = new FakeAdapter(() => 5)
  const tuner = adapter.tuner(undefined, 100)
  for await (const _ of tuner.pieces()) adapter.clock += 1000
  expect(tuner.winners[KEY]!.forward).toBe('direct')
})

test('what has no room is left to its default; any other fault is told', async () => {
  const failing = (error: Error) =>
    new Tuner(
      [FORWARD!],
      () => Promise.reject(error),
      {},
      2000,
      () => 0,
    )
  const tuner = failing(new DoesNotFit('no room', 'none'))
  await finish(tuner)
  expect(tuner.winners).toEqual({})
  await expect(finish(failing(new Error('device lost')))).rejects.toThrow('device lost')
})
