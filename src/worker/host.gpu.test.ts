import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { CheckpointStore } from '../archive/checkpoints'
import { openNodeDevice } from '../cli/adapter'
import { paceEventLoop } from '../cli/pace'
import type { Gpu } from '../gpu/device'
import { parseRun, type RunConfig } from '../run/config'
import { FIRST_RUN } from '../run/presets'
import { decodeCheckpoint, encodeCheckpoint } from '../train/checkpoint'
import { trainableNetwork } from '../train/network'
import { readSafetensors } from '../train/safetensors'
import { startOf } from '../train/start'
import { TrainingDesk } from './desk'
import type { Event, Phase, SavedFile } from './protocol'

const RUN: RunConfig = parseRun({
  ...FIRST_RUN,
  model: { ...FIRST_RUN.model, units: [1], widths: [4], stemWidth: 4 },
  train: { ...FIRST_RUN.train, steps: 6, batchSize: 4 },
  evaluate: { every: 4, images: 6 },
})

let endPacing: () => void
let opened: Gpu[]
let events: Event[]
let host: TrainingDesk
let kept: MemoryStore

/** Keeps checkpoints in memory, and fails when the test says so. */
class MemoryStore implements CheckpointStore {
  readonly files = new Map<string, Uint8Array<ArrayBuffer>>()
  fault: Error | undefined

  async read(id: string) {
    return this.files.get(id)
  }
  async write(id: string, bytes: Uint8Array<ArrayBuffer>) {
    if (this.fault) throw this.fault
    this.files.set(id, bytes)
  }
  async remove(id: string) {
    this.files.delete(id)
  }
}

beforeAll(() => {
  endPacing = paceEventLoop()
})
afterAll(() => endPacing())

beforeEach(() => {
  opened = []
  kept = new MemoryStore()
  freshHost()
  return () => {
    for (const { device } of opened) device.destroy()
  }
})

/** As after a reload: nothing is known but what was kept. */
function freshHost(): void {
  events = []
  const open = async () => {
    const gpu = await openNodeDevice(process.env.GPU_ADAPTER)
    opened.push(gpu)
    return gpu
  }
  const heard = events
  host = new TrainingDesk(open, (event) => heard.push(event), {
    checkpoints: async () => kept,
    race: async () => undefined,
  })
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

/** The hash of the weights after a step. */
function weightsAt(step: number): Promise<string> {
  return until(() => told('weights').find(({ weights }) => weights.step === step)?.weights.sha256)
}

async function save(what: SavedFile): Promise<File> {
  const before = told('file').length
  await host.handle({ type: 'save', what })
  const { name, bytes } = await until(() => told('file')[before])
  return new File([bytes], name)
}

/** Trains to the end and returns what two runs are compared by. */
async function finish(): Promise<{ losses: number[]; weights: string }> {
  await host.handle({ type: 'train' })
  await reaches('finished')
  return { losses: losses(), weights: await weightsAt(RUN.train.steps) }
}

async function unbroken(): Promise<{ losses: number[]; weights: string }> {
  await host.handle({ type: 'configure', id: 1, key: 'run-1', run: RUN })
  const whole = await finish()
  // Its checkpoint must not be written into what comes after.
  await until(() => told('kept').find(({ checkpoint }) => checkpoint.step === RUN.train.steps))
  freshHost()
  return whole
}

async function steps(count: number): Promise<void> {
  for (let done = 1; done <= count; done++) {
    await host.handle({ type: 'step' })
    await weightsAt(done)
  }
}

function phases(): Phase[] {
  return events.flatMap((event) => (event.type === 'phase' ? [event.phase] : []))
}

/** Waits until the last phase is this one. */
async function reaches(phase: Phase['phase']): Promise<Phase> {
  for (;;) {
    const last = phases().at(-1)
    if (last?.phase === phase) return last
    if (last?.phase === 'failed') throw new Error(last.message)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

function losses(): number[] {
  return events.flatMap((event) => (event.type === 'steps' ? [...event.steps.loss] : []))
}

test('a run is planned, compiled, trained and evaluated, and each is told', async () => {
  await host.handle({ type: 'configure', id: 1, key: 'run-1', run: RUN })
  const planned = events.find((event) => event.type === 'planned')
  expect(planned).toMatchObject({ id: 1, cost: { gpuBytes: expect.any(Number) } })
  expect(opened).toHaveLength(0)
  await host.handle({ type: 'train' })
  await reaches('finished')
  const kinds = phases().map(({ phase }) => phase)
  expect([...new Set(kinds)]).toEqual(['idle', 'compiling', 'training', 'evaluating', 'finished'])
  expect(losses()).toHaveLength(6)
  const evaluations = events.flatMap((event) =>
    event.type === 'evaluation' ? [event.evaluation] : [],
  )
  expect(evaluations.map(({ step, images }) => [step, images])).toEqual([
    [4, 6],
    [6, 6],
  ])
})

test('a step is one step, and the same run configured again starts with the same loss', async () => {
  await host.handle({ type: 'configure', id: 1, key: 'run-1', run: RUN })
  await host.handle({ type: 'step' })
  await reaches('paused')
  await host.handle({ type: 'configure', id: 2, key: 'run-2', run: RUN })
  await host.handle({ type: 'step' })
  await reaches('paused')
  const [first, again] = losses()
  expect(losses()).toHaveLength(2)
  expect(again).toBe(first)
  expect(told('phase').at(-1)).toMatchObject({ id: 2, phase: { phase: 'paused', step: 1 } })
})

test('a new run configured in the middle of another takes its place', async () => {
  const long = { ...RUN, train: { ...RUN.train, steps: 100_000 } }
  await host.handle({ type: 'configure', id: 1, key: 'run-1', run: long })
  await host.handle({ type: 'train' })
  await reaches('training')
  await host.handle({ type: 'configure', id: 2, key: 'run-2', run: RUN })
  expect(events.at(-1)).toMatchObject({ type: 'phase', id: 2, phase: { phase: 'idle' } })
  await host.handle({ type: 'train' })
  await reaches('finished')
})

test('a checkpoint opened in a fresh host goes on to the bit as if never stopped', async () => {
  const whole = await unbroken()
  await host.handle({ type: 'configure', id: 1, key: 'run-1', run: RUN })
  await steps(4)
  const file = await save('checkpoint')
  expect(file.name).toBe('resnet-4-v2-step-4.checkpoint.safetensors')
  const hash = await weightsAt(4)

  freshHost()
  await host.handle({ type: 'open', id: 2, key: 'run-2', file, run: { ...RUN, seed: 9 } })
  const [restored] = told('restored')
  expect(restored).toMatchObject({ id: 2, run: RUN })
  expect(restored!.evaluations.map(({ step }) => step)).toEqual([4])
  expect(restored!.steps.seconds).toEqual(restored!.steps.seconds.toSorted())
  expect(restored!.weightsOf).toBeUndefined()
  expect(told('phase').at(-1)).toMatchObject({ id: 2, phase: { phase: 'paused', step: 4 } })
  expect(await weightsAt(4)).toBe(hash)
  // Before anything is compiled the file is given back as it was.
  expect(await (await save('checkpoint')).arrayBuffer()).toEqual(await file.arrayBuffer())
  const rest = await finish()
  expect([...restored!.steps.loss, ...rest.losses]).toEqual(whole.losses)
  expect(rest.weights).toBe(whole.weights)
  expect(told('evaluation').map(({ evaluation }) => evaluation.step)).toEqual([6])
})

test('a save and the autosave between two steps change nothing in the run', async () => {
  const whole = await unbroken()
  await host.handle({ type: 'configure', id: 1, key: 'run-1', run: RUN })
  await steps(1)
  host.handle({ type: 'train' })
  host.handle({ type: 'keep' })
  host.handle({ type: 'save', what: 'weights' })
  await reaches('finished')
  expect(await weightsAt(6)).toBe(whole.weights)
  expect(losses()).toEqual(whole.losses)
  const [file] = told('file')
  expect(file!.name).toMatch(/^resnet-4-v2-step-\d\.weights\.safetensors$/)
})

test('what cannot be opened is refused with a remedy, and the run goes on', async () => {
  const whole = await unbroken()
  await host.handle({ type: 'configure', id: 1, key: 'run-1', run: RUN })
  await steps(2)
  const file = await save('checkpoint')
  const weights = await save('weights')
  const damaged = new Uint8Array(await file.arrayBuffer())
  damaged[damaged.length - 1]! ^= 1
  const wide = { ...RUN, model: { ...RUN.model, widths: [8] } }
  const refusals = [
    [new File(['no tensors at all'], 'a.safetensors'), RUN, 'Not a safetensors file'],
    [new File([damaged], 'b.safetensors'), RUN, 'It is damaged'],
    [weights, wide, '"layer1.0.conv1.weight" is [4,4,3,3]'],
  ] as const
  for (const [i, [file, run, reason]] of refusals.entries()) {
    await host.handle({ type: 'open', id: 2, key: 'run-2', file, run })
    expect(told('refused')[i]).toMatchObject({
      name: file.name,
      message: expect.stringContaining(reason),
      remedy: expect.stringMatching(/open/i),
    })
  }
  expect(told('restored')).toEqual([])
  expect(await finish()).toEqual(whole)
})

test('weights alone start a run at step 0, and a reset starts from the seed', async () => {
  await host.handle({ type: 'configure', id: 1, key: 'run-1', run: RUN })
  const seeded = await save('weights')
  await steps(2)
  const file = await save('weights')
  const hash = await weightsAt(2)
  await host.handle({ type: 'open', id: 2, key: 'run-2', file, run: RUN })
  expect(told('restored')[0]).toMatchObject({ id: 2, weightsOf: file.name })
  expect(told('phase').at(-1)).toMatchObject({ id: 2, phase: { phase: 'idle' } })
  expect(await weightsAt(0)).toBe(hash)
  const slower = { ...RUN, train: { ...RUN.train, weightDecay: 0 } }
  await host.handle({ type: 'configure', id: 3, key: 'run-3', run: slower, keepWeights: true })
  expect(await (await save('weights')).arrayBuffer()).toEqual(await file.arrayBuffer())
  await host.handle({ type: 'configure', id: 4, key: 'run-4', run: RUN })
  expect(await (await save('weights')).arrayBuffer()).toEqual(await seeded.arrayBuffer())
})

test('a run is kept at rest under its key, and goes on to the bit after a reload', async () => {
  const whole = await unbroken()
  kept.files.clear()
  await host.handle({ type: 'configure', id: 1, key: 'mine', run: RUN })
  await steps(3)
  await until(() => told('kept').find(({ checkpoint }) => checkpoint.step === 3))
  expect(told('kept').at(-1)).toEqual({
    ...{ type: 'kept', key: 'mine' },
    checkpoint: { step: 3, bytes: kept.files.get('mine')!.length, savedAt: expect.any(Number) },
  })
  freshHost()
  await host.start()
  await host.handle({ type: 'configure', id: 1, key: 'other', run: { ...RUN, seed: 5 } })
  await host.handle({ type: 'resume', id: 2, key: 'mine', name: 'Mine' })
  const rest = await finish()
  expect(told('restored')[0]).toMatchObject({ id: 2, key: 'mine', run: RUN })
  expect([...told('restored')[0]!.steps.loss, ...rest.losses]).toEqual(whole.losses)
  expect(rest.weights).toBe(whole.weights)
  expect([...kept.files.keys()]).toEqual(['mine'])
})

test('a run at step 0 is not kept; a damaged or missing checkpoint is refused by its name', async () => {
  kept.files.set('damaged', new TextEncoder().encode('half a file'))
  await host.start()
  await host.handle({ type: 'configure', id: 1, key: 'fresh', run: RUN })
  await host.handle({ type: 'keep' })
  await host.handle({ type: 'resume', id: 2, key: 'damaged', name: 'A run' })
  await host.handle({ type: 'resume', id: 3, key: 'gone', name: 'Another' })
  expect(told('refused')).toMatchObject([
    { name: 'A run', message: expect.stringContaining('ot a safetensors file') },
    { name: 'Another', message: 'Its checkpoint is not there any more.' },
  ])
  expect([...kept.files.keys()]).toEqual(['damaged'])
})

test('a full storage is told once, training goes on, and the run is kept when there is room', async () => {
  kept.fault = new DOMException('full', 'QuotaExceededError')
  await host.handle({ type: 'configure', id: 1, key: 'mine', run: RUN })
  await steps(2)
  await finish()
  expect(told('unsaved')).toEqual([
    { type: 'unsaved', full: true, message: "The browser's storage is full." },
  ])
  kept.fault = undefined
  await host.handle({ type: 'keep' })
  expect(told('kept')).toMatchObject([{ key: 'mine', checkpoint: { step: RUN.train.steps } }])
})

test("a fork takes the tensors that fit, and its seed's for the others, which it names", async () => {
  await host.handle({ type: 'configure', id: 1, key: 'mine', run: RUN })
  await steps(2)
  const { tensors } = await decodeCheckpoint(kept.files.get('mine')!)
  const deeper = { ...RUN, seed: 9, model: { ...RUN.model, units: [RUN.model.units[0]! + 1] } }
  const fork = { type: 'fork', id: 2, key: 'new', from: 'mine', name: 'Mine', run: deeper } as const
  await host.handle(fork)
  const { weightsOf, fromSeed, key } = told('restored')[0]!
  expect({ weightsOf, key }).toEqual({ weightsOf: 'Mine', key: 'new' })
  const own = startOf(trainableNetwork(deeper)).tensors
  expect(fromSeed).toEqual([...own.keys()].filter((name) => !tensors.has(name)))
  expect(fromSeed!.length).toBeGreaterThan(0)
  const file = readSafetensors(new Uint8Array(await (await save('weights')).arrayBuffer()))
  for (const [name, { data }] of own) {
    expect(file.get(name)!.data).toEqual(tensors.get(name)?.data ?? data)
  }
  const wide = { ...RUN, model: { ...RUN.model, widths: [8] } }
  await host.handle({ ...fork, id: 3, run: wide })
  expect(told('restored')[1]!.fromSeed).not.toContain('fc.bias')
})

test('a kept run on CIFAR-10 waits for CIFAR-10', async () => {
  const data = { ...RUN.data, name: 'cifar10' as const }
  const checkpoint = {
    ...startOf(trainableNetwork({ ...RUN, data })),
    ...{ step: 1, losses: Float32Array.of(2), corrects: Float32Array.of(1) },
    seconds: Float32Array.of(1),
  }
  kept.files.set('cifar', await encodeCheckpoint(checkpoint))
  await host.start()
  await host.handle({ type: 'configure', id: 1, key: 'mine', run: RUN })
  await host.handle({ type: 'resume', id: 2, key: 'cifar', name: 'On CIFAR-10' })
  expect(told('refused')).toEqual([
    {
      ...{ type: 'refused', name: 'On CIFAR-10' },
      message: expect.stringContaining('CIFAR-10 is not here yet'),
      remedy: 'Get CIFAR-10 (under Pictures), then try again.',
    },
  ])
  await finish()
})

test('CIFAR-10 that is not here is told with what to do, and the host goes on', async () => {
  const data = { ...RUN.data, name: 'cifar10' as const }
  await host.handle({ type: 'configure', id: 1, key: 'run-1', run: { ...RUN, data } })
  await host.handle({ type: 'train' })
  await expect(reaches('finished')).rejects.toThrow('CIFAR-10 is not here yet')
  expect(phases().at(-1)).toMatchObject({ remedy: expect.stringContaining('Get CIFAR-10') })
})

test('no adapter is told as a device that is unavailable, with a remedy', async () => {
  host = new TrainingDesk(
    async () => {
      throw new Error('no adapter here')
    },
    (event) => events.push(event),
  )
  await host.start()
  expect(events).toContainEqual({
    type: 'device',
    device: { state: 'unavailable', reason: 'no adapter here', remedy: 'Reload the page.' },
  })
})
