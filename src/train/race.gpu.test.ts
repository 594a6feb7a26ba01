import { expect, test } from 'vitest'
import { onAdapter } from '../../test/trainer-on-adapter'
import { watchBuffers } from '../../test/watched-buffers'
import { shapes10 } from '../data/shapes10'
import { type ComparisonConfig, laneRun, parseComparison } from '../run/comparison'
import type { Checkpoint } from './checkpoint'
import { fingerprint } from './fingerprint'
import { type Listener, type TimedStep, TrainingLoop } from './loop'
import type { MeterReading } from './meter-reading'
import { LaneFault, type Place, Race, type RaceListener, type RaceRecord } from './race'
import { decodeRace, encodeRace } from './race-file'
import type { EqualStart } from './start-check'

const adapter = onAdapter()

const MODEL = {
  ...{ stem: 'cifar', stemWidth: 4, block: 'basic', units: [1, 1], widths: [4, 6] },
  ...{ order: 'full-preactivation', shortcut: { kind: 'dropout', rate: 0.5 } },
  ...{ projection: 'A', classes: 10 },
}

/** v2 with dropout on its shortcuts, v1 without, and a net without shortcuts. */
function comparison(change: object = {}): ComparisonConfig {
  return parseComparison({
    ...{ format: 1, seed: 3 },
    data: { name: 'shapes10', train: 60, validation: 10, order: 'shuffled', augment: 'crop-flip' },
    train: {
      ...{ steps: 10, batchSize: 4, momentum: 0.9, weightDecay: 1e-4 },
      learningRate: { kind: 'constant', rate: 0.02 },
    },
    evaluate: { every: 4, images: 10 },
    lanes: [
      { name: 'v2', model: MODEL },
      { name: 'v1', model: { ...MODEL, order: 'original', shortcut: { kind: 'identity' } } },
      { name: 'plain', model: { ...MODEL, shortcut: { kind: 'none' } } },
    ],
    ...change,
  })
}

/** Weight decay makes the weights a thousand times as large with every step. */
const TOO_FAST = { learningRate: { kind: 'constant', rate: 1000 }, weightDecay: 1 }

class Recorder implements RaceListener {
  readonly order: Place[] = []
  readonly starts: EqualStart[] = []
  readonly ends: unknown[] = []
  readonly evaluated: number[][] = []
  readonly readings: (Place & { reading: MeterReading })[] = []
  /** Seeds, and which of their lanes had weights at the end. */
  readonly closings: [number, boolean[]][] = []
  trainingSince = 0
  private readonly records = new Map<string, TimedStep[]>()
  compiling() {}
  started(_: number, start: EqualStart) {
    this.starts.push(start)
  }
  training() {
    this.trainingSince = performance.now()
  }
  steps({ lane, seedIndex }: Place, records: readonly TimedStep[]) {
    this.of(lane, seedIndex).push(...records)
  }
  evaluating() {}
  evaluation({ lane, seedIndex }: Place, step: number) {
    this.evaluated.push([seedIndex, lane, step])
  }
  ended({ lane, seedIndex }: Place, end: object) {
    this.ends.push({ lane, seedIndex, ...end })
  }
  reading(place: Place, reading: MeterReading) {
    this.readings.push({ ...place, reading })
  }
  meterStatus() {}
  async closed(seedIndex: number, lanes: readonly Checkpoint[]) {
    this.closings.push([seedIndex, lanes.map(({ tensors }) => tensors.size > 0)])
  }
  of(lane: number, seedIndex = 0): TimedStep[] {
    const key = `${seedIndex}/${lane}`
    return this.records.get(key) ?? this.records.set(key, []).get(key)!
  }
  losses(lane: number, seedIndex = 0): number[] {
    return this.of(lane, seedIndex).map(({ loss }) => loss)
  }
}

const ground = () => ({
  ...{ gpu: adapter.gpu, cache: adapter.cache, source: shapes10(), winners: {} },
})
const never = () => false

async function raced(config: ComparisonConfig, meterEvery: number | null = null) {
  const recorder = new Recorder()
  const race = new Race(config, recorder)
  race.meters.setEvery(meterEvery)
  expect(await race.run(ground(), Number.POSITIVE_INFINITY, never)).toBe('finished')
  return { recorder, record: await race.record() }
}

/** The losses and the weights of one lane's run, trained without the others. */
async function alone(config: ComparisonConfig, lane: number, seedIndex = 0) {
  const trainer = await adapter.trainer(laneRun(config, lane, seedIndex))
  const losses: number[] = []
  const listener: Listener = {
    steps: (records) => losses.push(...records.map(({ loss }) => loss)),
    evaluating() {},
    evaluation() {},
  }
  await new TrainingLoop(trainer, listener).run(never)
  const weights = await fingerprint(await trainer.readTensors())
  trainer.destroy()
  return { losses, weights }
}

const weightsOf = ({ results }: RaceRecord) =>
  Promise.all(results.at(-1)!.map(({ tensors }) => fingerprint(tensors)))

test('every lane of a race trains to the bit as its run does alone, metered or not', async () => {
  const config = comparison()
  const { recorder, record } = await raced(config, 4)
  expect(recorder.readings.map(({ lane, reading }) => [lane, reading.step]).toSorted()).toEqual(
    config.lanes.flatMap((_, lane) => [0, 4, 8].map((step) => [lane, step])),
  )
  const weights = await weightsOf(record)
  for (const lane of config.lanes.keys()) {
    const single = await alone(config, lane)
    expect(recorder.losses(lane)).toEqual(single.losses)
    expect(weights[lane]).toBe(single.weights)
  }
  expect(new Set(weights).size).toBe(3)
})

test('lanes start from the same batch, and from the same parameters where name and shape agree', async () => {
  const narrow = { ...MODEL, widths: [4, 8] }
  const lanes = [...comparison().lanes, { name: 'wide', model: narrow }]
  const { recorder } = await raced(comparison({ lanes }))
  const [start] = recorder.starts
  expect(new Set(start!.batches).size).toBe(1)
  expect(start!.batches).toHaveLength(4)
  expect(start!.sharedTensors).toBeGreaterThan(15)
  expect(start!.unequal).toEqual([])
})

test('lanes are evaluated at the same steps, and finish one after another', async () => {
  const { recorder } = await raced(comparison())
  const steps = [4, 8, 10].flatMap((step) => [0, 1, 2].map((lane) => [0, lane, step]))
  expect(recorder.evaluated).toEqual(steps)
  expect(recorder.ends).toEqual(
    [0, 1, 2].map((lane) => ({ lane, seedIndex: 0, kind: 'finished', step: 10 })),
  )
})

test('a lane that diverges says at which step and stops alone', async () => {
  const lanes = comparison().lanes.with(1, { ...comparison().lanes[1]!, train: TOO_FAST as never })
  const config = comparison({ lanes, train: { ...comparison().train, steps: 40 } })
  const { recorder, record } = await raced(config)
  const broken = recorder.losses(1)
  expect(broken.length).toBeLessThan(40)
  expect(broken.findIndex((loss) => !Number.isFinite(loss))).toBe(broken.length - 1)
  expect(recorder.closings).toEqual([[0, [true, false, true]]])
  expect(recorder.ends[0]).toMatchObject({ lane: 1, kind: 'diverged', step: broken.length - 1 })
  for (const lane of [0, 2]) {
    expect(recorder.losses(lane)).toEqual((await alone(config, lane)).losses)
  }
  expect(await decodeRace(await encodeRace(record))).toEqual(record)
})

test('seeds train one after another, each as if it were the only one', async () => {
  const config = comparison({ seeds: 2 })
  const { recorder, record } = await raced(config)
  expect(recorder.starts).toHaveLength(2)
  expect(recorder.starts[0]!.batches[0]).not.toBe(recorder.starts[1]!.batches[0])
  for (const seedIndex of [0, 1]) {
    const single = await alone(config, 2, seedIndex)
    expect(recorder.losses(2, seedIndex)).toEqual(single.losses)
  }
  expect(record.results.map(([lane]) => lane!.run.seed)).toEqual([3, 4])
})

test('with equal time a lane ends when its own steps have taken so long', async () => {
  const seconds = 0.4
  const deep = { ...MODEL, units: [4, 4] }
  const config = comparison({
    ...{ until: { kind: 'time', seconds }, evaluate: { every: 1e6, images: 10 } },
    train: { ...comparison().train, steps: 100_000 },
    lanes: [
      { name: 'deep', model: deep },
      { name: 'shallow', model: MODEL },
    ],
  })
  const { recorder } = await raced(config)
  const elapsed = (performance.now() - recorder.trainingSince) / 1000
  const [deepSteps, shallowSteps] = [recorder.of(0), recorder.of(1)]
  expect(shallowSteps.length).toBeGreaterThan(deepSteps.length)
  for (const steps of [deepSteps, shallowSteps]) {
    expect(steps.at(-1)!.seconds).toBeGreaterThanOrEqual(seconds)
    // Two submits are under way when the time is up.
    expect(steps.at(-3)!.seconds).toBeLessThan(seconds)
  }
  // A lane's time is its own steps': no moment counts for both.
  const total = deepSteps.at(-1)!.seconds + shallowSteps.at(-1)!.seconds
  expect(total).toBeLessThanOrEqual(elapsed)
})

test('a round is a step of each lane, and a pause leaves all lanes at one step', async () => {
  const recorder = new Recorder()
  const race = new Race(comparison(), recorder)
  expect(await race.run(ground(), 1, never)).toBe('stopped')
  expect(race.steps).toEqual([1, 1, 1])
  // Asked before every step: told to stop with the first lane a step ahead of the others.
  let asked = 0
  expect(await race.run(ground(), Number.POSITIVE_INFINITY, () => ++asked > 4)).toBe('stopped')
  expect(race.steps).toEqual([3, 3, 3])
  race.destroy()
})

/** Stops a race after some rounds, takes it through its file, and trains the rest elsewhere. */
async function interrupted(config: ComparisonConfig, rounds: number): Promise<RaceRecord> {
  const first = new Race(config, new Recorder())
  for (let round = 0; round < rounds; round++) await first.run(ground(), 1, never)
  const file = await encodeRace(await first.record())
  first.destroy()
  const rest = new Race(config, new Recorder(), await decodeRace(file))
  expect(await rest.run(ground(), Number.POSITIVE_INFINITY, never)).toBe('finished')
  return rest.record()
}

const withoutTimes = ({ results }: RaceRecord) =>
  results.map((lanes) => lanes.map(({ seconds: _, ...rest }: Checkpoint) => rest))

test('a race goes on from its file to the bit, in the first seed and in the second', async () => {
  const config = comparison({ seeds: 2 })
  const { record } = await raced(config)
  for (const rounds of [3, 10, 14]) {
    const resumed = await interrupted(config, rounds)
    expect(withoutTimes(resumed)).toEqual(withoutTimes(record))
    expect(resumed.starts).toEqual(record.starts)
  }
})

test('a race that is parked frees the GPU and goes on to the bit', async () => {
  const config = comparison()
  const recorder = new Recorder()
  const race = new Race(config, recorder)
  await race.run(ground(), 5, never)
  await race.park()
  expect(race.gpuBytes).toEqual([])
  expect(race.steps).toEqual([5, 5, 5])
  await race.run(ground(), Number.POSITIVE_INFINITY, never)
  expect(recorder.losses(0)).toEqual((await alone(config, 0)).losses)
})

test('where memory ends, the race says how many lanes fit, and leaves nothing behind', async () => {
  const { device } = adapter.gpu
  const { popErrorScope } = device
  const single = await adapter.trainer(laneRun(comparison(), 0, 0))
  const room = 2.5 * single.gpuBytes
  single.destroy()
  const buffers = watchBuffers(device)
  device.popErrorScope = async () => {
    const error = await popErrorScope.call(device)
    return buffers.bytes > room ? new GPUOutOfMemoryError('no room') : error
  }
  try {
    const race = new Race(comparison(), new Recorder())
    const fault = await race.run(ground(), 1, never).catch((error: Error) => error)
    expect(fault).toBeInstanceOf(LaneFault)
    expect(fault).toMatchObject({ lane: 2, remedy: expect.stringContaining('Train 2 lanes') })
    expect((fault as Error).message).toContain('"plain" does not fit beside the 2 before it')
    expect(buffers.live.size).toBe(0)
  } finally {
    device.popErrorScope = popErrorScope
    buffers.end()
  }
})
