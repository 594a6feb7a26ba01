import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { CheckpointStore } from '../archive/checkpoints'
import { openNodeDevice } from '../cli/adapter'
import { paceEventLoop } from '../cli/pace'
import type { Gpu } from '../gpu/device'
import { philox } from '../random/philox'
import { below, keyFor } from '../random/seeded'
import { comparisonOf, parseComparison } from '../run/comparison'
import { parseRun } from '../run/config'
import { FIRST_RUN } from '../run/presets'
import type { TuningStore } from '../tuning/table'
import { TrainingDesk } from './desk'
import type { Command, Event, Phase } from './protocol'
import { isRaceEvent, type RaceCommand } from './race-protocol'

const RUN = parseRun({
  ...FIRST_RUN,
  model: { ...FIRST_RUN.model, units: [1], widths: [4], stemWidth: 4 },
  train: {
    ...FIRST_RUN.train,
    ...{ steps: 12, batchSize: 4, learningRate: { kind: 'constant', rate: 0.05 } },
  },
  evaluate: { every: 4, images: 12 },
})

type Activity =
  | 'compiling'
  | 'training'
  | 'evaluating'
  | 'reading figures'
  | 'autosaving'
  | 'metering'
  | 'tuning'
  | 'showing'
  | 'profiling'

const LABELS: Record<string, Activity> = {
  training: 'training',
  evaluation: 'evaluating',
  '': 'reading figures',
  reading: 'metering',
  candidate: 'tuning',
  timed: 'tuning',
  showing: 'showing',
  profile: 'profiling',
}

/** What is done on the devices, and where one of them shall be destroyed. */
const seen = new Map<Activity, number>()
let target: { activity: Activity; after: number } | undefined
let destroyed: Activity[] = []
/** The next target, once training has gone back. */
let nextTarget: typeof target

/** Counts what a device does, and destroys it at the target. */
function watched(gpu: Gpu): Gpu {
  const { device } = gpu
  const encoder = device.createCommandEncoder.bind(device)
  const buffer = device.createBuffer.bind(device)
  const pipeline = device.createComputePipelineAsync.bind(device)
  const pass = (activity: Activity) => {
    seen.set(activity, (seen.get(activity) ?? 0) + 1)
    if (target?.activity !== activity || target.after-- > 0) return
    target = undefined
    destroyed.push(activity)
    device.destroy()
  }
  device.createCommandEncoder = (descriptor) => {
    pass(LABELS[descriptor?.label ?? ''] ?? 'profiling')
    return encoder(descriptor)
  }
  device.createBuffer = (descriptor) => {
    if (descriptor.label?.startsWith('read-back')) pass('autosaving')
    return buffer(descriptor)
  }
  device.createComputePipelineAsync = (descriptor) => {
    pass('compiling')
    return pipeline(descriptor)
  }
  return gpu
}

let endPacing: () => void
const opened: Gpu[] = []
let events: Event[]
let desk: TrainingDesk
let id = 0

/** What a run gives whose device lasts, and how often it does what. */
let unbroken: Awaited<ReturnType<typeof finished>>
let counts: ReadonlyMap<Activity, number>

beforeAll(async () => {
  endPacing = paceEventLoop()
  freshDesk()
  await configured()
  await desk.handle({ type: 'meter', id, every: 3 })
  unbroken = await finished()
  counts = new Map(seen)
})
afterAll(() => {
  for (const { device } of opened) device.destroy()
  endPacing()
})
afterEach(() => {
  target = undefined
})

const NO_TUNING: TuningStore = {
  platform: 'test',
  read: async () => undefined,
  write: async () => {},
}

/** With `asGpu`, the adapter is taken for a GPU, for which kernels are tuned. */
function freshDesk(asGpu = false): void {
  events = []
  destroyed = []
  const open = async () => {
    const gpu = await openNodeDevice(process.env.GPU_ADAPTER)
    opened.push(gpu)
    return watched({ ...gpu, info: { ...gpu.info, software: gpu.info.software && !asGpu } })
  }
  const files = new Map<string, Uint8Array<ArrayBuffer>>()
  const checkpoints: CheckpointStore = {
    read: async (key) => files.get(key),
    write: async (key, bytes) => void files.set(key, bytes),
    remove: async (key) => void files.delete(key),
  }
  const stores = { checkpoints: async () => checkpoints, race: async () => undefined }
  const heard = (event: Event) => {
    events.push(event)
    if (event.type === 'set-back') [target, nextTarget] = [nextTarget, undefined]
    // As often as there are figures: the run is kept all the while.
    if (event.type === 'steps' || event.type === 'race-steps') desk.handle({ type: 'keep' })
  }
  desk = new TrainingDesk(open, heard, stores, NO_TUNING)
}

function told<T extends Event['type']>(type: T): Extract<Event, { type: T }>[] {
  return events.filter((event): event is Extract<Event, { type: T }> => event.type === type)
}

async function until<T>(look: () => T | undefined): Promise<T> {
  for (;;) {
    const found = look()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

function reaches(phase: Phase['phase']): Promise<Phase> {
  return until(() => {
    const last = told('phase').at(-1)!.phase
    if (last.phase === 'failed') throw new Error(last.message)
    return last.phase === phase ? last : undefined
  })
}

async function configured(run = RUN): Promise<void> {
  events.length = 0
  await desk.handle({ type: 'configure', id: ++id, key: 'ab', run })
}

function weightsAt(step: number): Promise<string> {
  return until(
    () => told('weights').findLast(({ weights }) => weights.step === step)?.weights.sha256,
  )
}

/** The run as the page has it after all set-backs: its losses, evaluations and weights. */
async function finished(command: Command = { type: 'train' }, run = RUN) {
  await desk.handle(command)
  await reaches('finished')
  return outcome(run.train.steps)
}

async function outcome(step: number) {
  const weights = await weightsAt(step)
  let [losses, evaluations]: [number[], object[]] = [[], []]
  for (const event of events) {
    if (event.type === 'set-back') {
      losses = [...event.steps.loss]
      evaluations = [...event.evaluations]
    }
    if (event.type === 'steps') losses.push(...event.steps.loss)
    if (event.type === 'evaluation') evaluations.push(event.evaluation)
  }
  return { weights, losses, evaluations }
}

const POINTS: readonly (readonly [Activity, points: number])[] = [
  ['training', 7],
  ['evaluating', 3],
  ['reading figures', 4],
  ['autosaving', 4],
  ['metering', 2],
]

/** Trains a run whose device is destroyed in the middle of this activity, if it does that often. */
async function broken(activity: Activity, after: number) {
  await configured()
  if (activity === 'metering') await desk.handle({ type: 'meter', id, every: 3 })
  target = { activity, after }
  destroyed = []
  return finished()
}

test('a device destroyed at 20 random points of a run costs nothing: it goes on by itself, to the bit', async () => {
  expect(unbroken.losses).toHaveLength(RUN.train.steps)
  for (const [activity, points] of POINTS) {
    const key = keyFor(7, activity)
    for (let point = 0; point < points; point++) {
      let after = below(philox(key, point)[0], counts.get(activity)!)
      const where = () => `${activity}, after ${after} of ${counts.get(activity)}`
      expect(await broken(activity, after), where()).toEqual(unbroken)
      // How often figures are read and the run is kept is a matter of time.
      while (destroyed.length === 0) {
        after >>= 1
        expect(await broken(activity, after), where()).toEqual(unbroken)
      }
      expect(told('set-back').map(({ setBack }) => setBack.outcome)).toEqual(['continues'])
    }
  }
})

test('lost again while it compiles for the same checkpoint, it rests, and Train goes on to the bit', async () => {
  await configured()
  target = { activity: 'training', after: 5 }
  nextTarget = { activity: 'compiling', after: 3 }
  await desk.handle({ type: 'train' })
  const again = await until(() => told('set-back')[1])
  expect(again.setBack).toMatchObject({ outcome: 'repeated', step: again.steps.loss.length })
  expect(['paused', 'idle']).toContain(told('phase').at(-1)!.phase.phase)
  expect(await finished()).toEqual(unbroken)
})

test('at rest a loss takes nothing away, and is not told', async () => {
  await configured()
  await desk.handle({ type: 'step' })
  await weightsAt(1)
  await desk.handle({ type: 'adjust', id, change: { momentum: RUN.train.momentum } })
  opened.at(-1)!.device.destroy()
  await new Promise((resolve) => setTimeout(resolve, 50))
  await desk.handle({ type: 'save', what: 'weights' })
  expect(told('file')[0]!.name).toContain('step-1')
  expect(await finished()).toEqual(unbroken)
  expect(told('set-back')).toEqual([])
})

test('lost while its last weights are read, a finished run makes its last steps again', async () => {
  await configured()
  await desk.handle({ type: 'train' })
  await reaches('finished')
  target = { activity: 'autosaving', after: 2 }
  expect(await outcome(RUN.train.steps)).toEqual(unbroken)
})

test.each([
  ['slow-step', 'showing'],
  ['profile', 'profiling'],
  ['read-meter', 'metering'],
] as const)(
  'a %s whose device is lost is made all the same, and changes no bit',
  async (type, activity) => {
    await configured()
    await desk.handle({ type: 'step' })
    await weightsAt(1)
    target = { activity, after: 0 }
    destroyed = []
    await desk.handle(type === 'read-meter' ? { type, id } : { type })
    if (type !== 'read-meter') await until(() => told(type)[0])
    await until(() => destroyed[0])
    await desk.handle({ type: 'pause' })
    expect(await finished()).toEqual(unbroken)
  },
)

test('what the device complains of is told, and training goes on from before it', async () => {
  await configured()
  await desk.handle({ type: 'train' })
  await until(() => told('steps')[0])
  const { device } = opened.at(-1)!
  device.createBuffer({ size: 4, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.STORAGE })
  const { setBack } = await until(() => told('set-back')[0])
  expect(setBack).toMatchObject({ outcome: 'continues' })
  expect(setBack.reason).toMatch(/^The GPU reported an error: .*[Uu]sage/s)
  await reaches('finished')
  expect(await outcome(RUN.train.steps)).toEqual(unbroken)
})

test('lost while kernels are tuned, a run goes on with those that it has', async () => {
  const long = { ...RUN, train: { ...RUN.train, steps: 100_000 } }
  freshDesk(true)
  await configured(long)
  target = { activity: 'tuning', after: 3 }
  await desk.handle({ type: 'train' })
  const { setBack } = await until(() => told('set-back')[0])
  await until(() => told('steps').find(({ steps }) => steps.first > setBack.step))
  await desk.handle({ type: 'pause' })
  const { step } = (await reaches('paused')) as { step: number }
  const broken = await outcome(step)
  expect(destroyed).toEqual(['tuning'])
  const short = { ...RUN, train: { ...RUN.train, steps: step } }
  await configured(short)
  const whole = await finished({ type: 'train' }, short)
  expect(broken.losses).toEqual(whole.losses)
  expect(broken.weights).toBe(whole.weights)
})

const PAIR = parseComparison({
  ...comparisonOf(RUN),
  train: { ...RUN.train, steps: 8 },
  seeds: 2,
  lanes: [
    { name: 'v2', model: RUN.model },
    { name: 'plain', model: { ...RUN.model, shortcut: { kind: 'none' } } },
  ],
})

/** A race, or as the nets of a lesson: the weights of all lanes with the last seed. */
async function raced(ofLesson: boolean) {
  events.length = 0
  const commands: RaceCommand[] = [
    { type: 'race-configure', race: ++id, key: 'ab', comparison: PAIR },
    { type: 'race-train' },
  ]
  for (const command of commands) {
    await desk.handle(ofLesson ? { type: 'lesson', command } : command)
  }
  const raceEvents = () =>
    events.flatMap((event) => {
      if (event.type === 'lesson') return [event.event]
      return isRaceEvent(event) ? [event] : []
    })
  await until(() => {
    const last = raceEvents().findLast((event) => event.type === 'race-phase')
    if (last?.phase.phase === 'failed') throw new Error(last.phase.message)
    return last?.phase.phase === 'finished' ? true : undefined
  })
  const all = raceEvents()
  const weights = all.flatMap((event) =>
    event.type === 'race-weights' && event.weights.step === PAIR.train.steps
      ? [[event.seedIndex, event.lane, event.weights.sha256].join()]
      : [],
  )
  const setBacks = all.flatMap((event) => (event.type === 'race-set-back' ? [event.setBack] : []))
  return { weights: new Set(weights), setBacks }
}

test('a race and the nets of a lesson go on by themselves too, to the bit', async () => {
  const unbroken = await raced(false)
  expect(unbroken.weights.size).toBe(4)
  const points: [Activity, after: number, ofLesson: boolean][] = [
    ['training', 5, false],
    ['evaluating', 2, true],
    ['autosaving', 2, false],
  ]
  for (const [activity, after, ofLesson] of points) {
    target = { activity, after }
    const broken = await raced(ofLesson)
    expect(broken.weights, activity).toEqual(unbroken.weights)
    expect(broken.setBacks, activity).toHaveLength(1)
  }
})
