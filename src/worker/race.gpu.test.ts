import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { CheckpointStore } from '../archive/checkpoints'
import type { RaceStore } from '../archive/last-race'
import { laneRunId } from '../archive/record'
import { openNodeDevice } from '../cli/adapter'
import { paceEventLoop } from '../cli/pace'
import type { Gpu } from '../gpu/device'
import { type ComparisonConfig, comparisonOf, laneRun, parseComparison } from '../run/comparison'
import { FIRST_RUN } from '../run/presets'
import { TrainingDesk } from './desk'
import type { Event } from './protocol'
import type { RacePhase } from './race-protocol'

const MODEL = { ...FIRST_RUN.model, units: [1], widths: [4], stemWidth: 4 }
const PAIR: ComparisonConfig = parseComparison({
  ...comparisonOf(FIRST_RUN),
  train: { ...FIRST_RUN.train, steps: 6, batchSize: 4 },
  evaluate: { every: 4, images: 6 },
  lanes: [
    { name: 'v2', model: MODEL },
    { name: 'plain', model: { ...MODEL, shortcut: { kind: 'none' } } },
  ],
})

class MemoryStore implements RaceStore {
  bytes: Uint8Array | undefined
  writes = 0

  async read() {
    return this.bytes && { bytes: this.bytes, savedAt: 1 }
  }
  async write(bytes: Uint8Array) {
    this.bytes = bytes
    this.writes++
  }
  async remove() {
    this.bytes = undefined
  }
}

const KEY = 'ab'.repeat(12)

let endPacing: () => void
let opened: Gpu[]
let events: Event[]
let kept: MemoryStore
let checkpoints: Map<string, Uint8Array<ArrayBuffer>>
let desk: TrainingDesk

beforeAll(() => {
  endPacing = paceEventLoop()
})
afterAll(() => endPacing())

beforeEach(() => {
  opened = []
  kept = new MemoryStore()
  checkpoints = new Map()
  freshDesk()
  return () => {
    for (const { device } of opened) device.destroy()
  }
})

/** As after a reload: nothing is known but what was kept. */
function freshDesk(): void {
  events = []
  const heard = events
  const open = async () => {
    const gpu = await openNodeDevice(process.env.GPU_ADAPTER)
    opened.push(gpu)
    return gpu
  }
  const files: CheckpointStore = {
    read: async (id) => checkpoints.get(id),
    write: async (id, bytes) => void checkpoints.set(id, bytes),
    remove: async (id) => void checkpoints.delete(id),
  }
  const stores = { checkpoints: async () => files, race: async () => kept }
  desk = new TrainingDesk(open, (event) => heard.push(event), stores)
}

function told<T extends Event['type']>(type: T): Extract<Event, { type: T }>[] {
  return events.filter((event): event is Extract<Event, { type: T }> => event.type === type)
}

async function until<T>(look: () => T | undefined): Promise<T> {
  for (;;) {
    const found = look()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Waits until the race's last phase is this one. */
function reaches(wanted: RacePhase['phase']): Promise<RacePhase> {
  return until(() => {
    const phase = told('race-phase').at(-1)?.phase
    if (phase?.phase === wanted) return phase
    if (phase?.phase === 'failed') throw new Error(phase.message)
    return undefined
  })
}

const losses = (lane: number, seedIndex = 0) =>
  told('race-steps')
    .filter((event) => event.lane === lane && event.seedIndex === seedIndex)
    .flatMap(({ steps }) => [...steps.loss])

const hashes = () => told('race-weights').map(({ lane, weights }) => [lane, weights] as const)

async function raced(comparison: ComparisonConfig): Promise<void> {
  await desk.handle({ type: 'race-configure', race: 1, key: KEY, comparison })
  await desk.handle({ type: 'race-train' })
  await reaches('finished')
}

/** Makes rounds, each of which ends with the race at rest and kept. */
async function rounds(count: number): Promise<void> {
  const rests = () => told('race-phase').filter(({ phase }) => phase.phase === 'paused').length
  for (let round = 0; round < count; round++) {
    const before = rests()
    await desk.handle({ type: 'race-step', steps: 1 })
    await until(() => (rests() > before ? true : undefined))
    // Commands are handled after what follows a rest.
    await desk.handle({ type: 'race-pause' })
  }
}

test('a race is planned, checked, trained and evaluated lane by lane, and all of it is told', async () => {
  await raced(PAIR)
  const [planned] = told('race-planned')
  expect(planned!.lanes).toMatchObject([
    { gpuBytes: expect.any(Number) },
    { gpuBytes: expect.any(Number) },
  ])
  const { start } = told('race-start')[0]!
  expect(start.batches[0]).toBe(start.batches[1])
  expect(start.unequal).toEqual([])
  const phases = told('race-phase').map(({ phase }) => phase.phase)
  expect([...new Set(phases)]).toEqual(['idle', 'compiling', 'training', 'evaluating', 'finished'])
  for (const lane of [0, 1]) expect(losses(lane)).toHaveLength(6)
  const evaluated = told('race-evaluation').map(({ lane, evaluation }) => [lane, evaluation.step])
  expect(evaluated).toEqual([
    [0, 4],
    [1, 4],
    [0, 6],
    [1, 6],
  ])
  const states = told('race-lane').map(({ lane, state }) => [lane, state.state])
  expect(states.slice(-2)).toEqual([
    [0, 'finished'],
    [1, 'finished'],
  ])
  expect(told('race-speed').at(-1)!.speed.stepMs).toBeGreaterThan(0)
  expect(told('race-progress').at(-1)!.progress.share).toBe(1)
  expect(hashes().map(([lane, { step }]) => [lane, step])).toEqual([
    [0, 6],
    [1, 6],
  ])
})

test('a race goes on after a reload to the bit as if nothing had been', async () => {
  const comparison = { ...PAIR, seeds: 2 }
  await raced(comparison)
  const whole = { losses: [losses(0, 1), losses(1, 1)], hashes: hashes().slice(-2) }
  freshDesk()
  await desk.handle({ type: 'race-configure', race: 1, key: KEY, comparison })
  await rounds(8)
  const before = { losses: [losses(0, 1), losses(1, 1)], hashes: hashes().slice(-2) }

  freshDesk()
  await desk.start()
  expect(told('last-race')[0]!.lastRace).toMatchObject({
    ...{ state: 'offered', comparison, seedIndex: 1, step: 2 },
  })
  await desk.handle({ type: 'race-resume-last', race: 2 })
  expect(told('race-restored')).toMatchObject([{ race: 2, comparison }])
  expect([losses(0, 1), losses(1, 1)]).toEqual(before.losses)
  expect([losses(0, 0).length, losses(1, 0).length]).toEqual([6, 6])
  expect(hashes()).toEqual(before.hashes)
  expect(told('race-start').map(({ start }) => start.seedIndex)).toEqual([0, 1])
  expect(told('race-phase').at(-1)!.phase).toEqual({ phase: 'paused', seedIndex: 1 })
  expect(told('last-race').at(-1)!.lastRace).toEqual({ state: 'none' })
  await desk.handle({ type: 'race-train' })
  await reaches('finished')
  expect([losses(0, 1), losses(1, 1)]).toEqual(whole.losses)
  expect(hashes().slice(-2)).toEqual(whole.hashes)
})

test('every lane that can go on is kept as a run, which trains on to the bit as the lane does', async () => {
  const hopeless = { learningRate: { kind: 'constant', rate: 1e30 }, weightDecay: 1 } as const
  const lanes = [PAIR.lanes[0]!, { ...PAIR.lanes[1]!, train: hopeless }]
  await raced({ ...PAIR, lanes, seeds: 2 })
  const whole = losses(0, 0)
  const { state } = told('race-lane').at(-2)!
  if (state.state !== 'diverged') throw new Error(`the hopeless lane is ${state.state}`)
  const [first, second] = [0, 1].map((seedIndex) => laneRunId(KEY, 0, seedIndex))
  expect([...checkpoints.keys()]).toEqual(expect.arrayContaining([first, second]))
  const lastKept = new Map(told('kept').map(({ key, checkpoint }) => [key, checkpoint.step]))
  expect([lastKept.get(first!), lastKept.get(second!)]).toEqual([6, 6])
  // On a slow machine an autosave may come before the hopeless lane's end, but none after it.
  for (const seedIndex of [0, 1]) {
    expect(lastKept.get(laneRunId(KEY, 1, seedIndex)) ?? 0).toBeLessThanOrEqual(state.step)
  }
  await desk.handle({ type: 'race-configure', race: 2, key: KEY, comparison: PAIR })
  await rounds(2)
  await desk.handle({ type: 'resume', id: 1, key: first!, name: 'a lane' })
  await desk.handle({ type: 'train' })
  await until(() => told('phase').find(({ phase }) => phase.phase === 'finished'))
  expect(told('restored')[0]!.steps.loss).toHaveLength(2)
  expect(told('steps').flatMap(({ steps }) => [...steps.loss])).toEqual(whole.slice(2))
})

test('run and race hand the GPU to each other, and both go on to the bit', async () => {
  const run = { ...laneRun(PAIR, 0, 0), train: { ...PAIR.train, steps: 6 } }
  const finished = () => until(() => told('phase').find(({ phase }) => phase.phase === 'finished'))
  await desk.handle({ type: 'configure', id: 1, key: 'run', run })
  await desk.handle({ type: 'step' })
  await until(() => told('weights')[0])
  await desk.handle({ type: 'race-configure', race: 1, key: KEY, comparison: PAIR })
  await rounds(3)
  await desk.handle({ type: 'train' })
  await finished()
  await desk.handle({ type: 'race-train' })
  await reaches('finished')
  const ofRun = told('steps').flatMap(({ steps }) => [...steps.loss])
  // The run is the first lane's: all three have the same losses.
  expect(ofRun).toEqual(losses(0))
  expect(losses(0)).toHaveLength(6)
})

test('the nets of a lesson train beside the race, which goes on to the bit; they are not kept', async () => {
  await raced(PAIR)
  const alone = hashes()
  events.length = 0
  await desk.handle({ type: 'race-configure', race: 2, key: KEY, comparison: PAIR })
  await rounds(2)
  const before = kept.bytes
  const lesson = { ...PAIR, seed: PAIR.seed + 1 }
  const configure = { type: 'race-configure', race: 1, key: KEY, comparison: lesson } as const
  await desk.handle({ type: 'lesson', command: configure })
  await desk.handle({ type: 'lesson', command: { type: 'race-step', steps: 3 } })
  await until(() => {
    const last = told('lesson').findLast(({ event }) => event.type === 'race-phase')?.event
    return last?.type === 'race-phase' && last.phase.phase === 'paused' ? last : undefined
  })
  const taught = told('lesson').flatMap(({ event }) =>
    event.type === 'race-steps' && event.lane === 0 ? [...event.steps.loss] : [],
  )
  expect(taught).toHaveLength(3)
  expect(kept.bytes).toBe(before)
  await desk.handle({ type: 'race-train' })
  await reaches('finished')
  expect(hashes().slice(-alone.length)).toEqual(alone)
})

test('a run that diverged gives the GPU to a race, and says no more', async () => {
  const rate = { kind: 'constant', rate: 1000 } as const
  const train = { ...PAIR.train, steps: 200, learningRate: rate, weightDecay: 1 }
  const run = { ...laneRun(PAIR, 0, 0), train }
  const failures = () => told('phase').filter(({ phase }) => phase.phase === 'failed')
  await desk.handle({ type: 'configure', id: 1, key: 'run', run })
  await desk.handle({ type: 'train' })
  await until(() => failures()[0])
  await raced(PAIR)
  expect(failures()).toHaveLength(1)
})

test('a race that is told to pause rests with all lanes at one step, and a new one takes its place', async () => {
  const long = { ...PAIR, train: { ...PAIR.train, steps: 100_000 } }
  await desk.handle({ type: 'race-configure', race: 1, key: KEY, comparison: long })
  await desk.handle({ type: 'race-train' })
  await until(() => told('race-steps')[0])
  await desk.handle({ type: 'race-pause' })
  await reaches('paused')
  expect(losses(0).length).toBe(losses(1).length)
  await desk.handle({ type: 'race-train' })
  await desk.handle({ type: 'race-configure', race: 2, key: KEY, comparison: PAIR })
  expect(events.at(-1)).toMatchObject({ race: 2, phase: { phase: 'idle' } })
  await desk.handle({ type: 'race-train' })
  await reaches('finished')
})

test('CIFAR-10 that is not here is told with what to do', async () => {
  const comparison = { ...PAIR, data: { ...PAIR.data, name: 'cifar10' as const } }
  await desk.handle({ type: 'race-configure', race: 1, key: KEY, comparison })
  await desk.handle({ type: 'race-train' })
  await expect(reaches('finished')).rejects.toThrow('CIFAR-10 is not here yet')
})

test('a kept race that is damaged is told, and can be discarded', async () => {
  kept.bytes = new Uint8Array([1, 2, 3])
  await desk.start()
  expect(told('last-race')[0]!.lastRace).toMatchObject({ state: 'damaged' })
  await desk.handle({ type: 'race-resume-last', race: 1 })
  expect(told('refused')).toMatchObject([{ name: 'Your last comparison' }])
  await desk.handle({ type: 'race-discard-last' })
  expect(kept.bytes).toBeUndefined()
  expect(told('last-race').at(-1)!.lastRace).toEqual({ state: 'none' })
})
