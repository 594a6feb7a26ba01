import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openNodeDevice } from '../cli/adapter'
import { paceEventLoop } from '../cli/pace'
import type { Gpu } from '../gpu/device'
import { parseRun, type RunConfig } from '../run/config'
import { FIRST_RUN } from '../run/presets'
import { encodeCheckpoint } from '../train/checkpoint'
import { trainableNetwork } from '../train/network'
import { startOf } from '../train/start'
import { TrainingHost } from './host'
import type { Event, Phase, SavedFile } from './protocol'
import type { RunStore } from './run-store'

const RUN: RunConfig = parseRun({
  ...FIRST_RUN,
  model: { ...FIRST_RUN.model, units: [1], widths: [4], stemWidth: 4 },
  train: { ...FIRST_RUN.train, steps: 6, batchSize: 4 },
  evaluate: { every: 4, images: 6 },
})

let endPacing: () => void
let opened: Gpu[]
let events: Event[]
let host: TrainingHost
let kept: MemoryStore

/** Keeps a run in memory, and fails when the test says so. */
class MemoryStore implements RunStore {
  bytes: Uint8Array | undefined
  writes = 0
  fault: Error | undefined

  async read() {
    return this.bytes && { bytes: this.bytes, savedAt: 1 }
  }
  async write(bytes: Uint8Array) {
    if (this.fault) throw this.fault
    this.bytes = bytes
    this.writes++
  }
  async remove() {
    this.bytes = undefined
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
  host = new TrainingHost(
    open,
    (event) => heard.push(event),
    async () => kept,
  )
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
  await host.handle({ type: 'configure', id: 1, run: RUN })
  const whole = await finish()
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
  await host.handle({ type: 'configure', id: 1, run: RUN })
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
  await host.handle({ type: 'configure', id: 1, run: RUN })
  await host.handle({ type: 'step' })
  await reaches('paused')
  await host.handle({ type: 'configure', id: 2, run: RUN })
  await host.handle({ type: 'step' })
  await reaches('paused')
  const [first, again] = losses()
  expect(losses()).toHaveLength(2)
  expect(again).toBe(first)
  expect(told('phase').at(-1)).toMatchObject({ id: 2, phase: { phase: 'paused', step: 1 } })
})

test('a new run configured in the middle of another takes its place', async () => {
  const long = { ...RUN, train: { ...RUN.train, steps: 100_000 } }
  await host.handle({ type: 'configure', id: 1, run: long })
  await host.handle({ type: 'train' })
  await reaches('training')
  await host.handle({ type: 'configure', id: 2, run: RUN })
  expect(events.at(-1)).toMatchObject({ type: 'phase', id: 2, phase: { phase: 'idle' } })
  await host.handle({ type: 'train' })
  await reaches('finished')
})

test('a checkpoint opened in a fresh host goes on to the bit as if never stopped', async () => {
  const whole = await unbroken()
  await host.handle({ type: 'configure', id: 1, run: RUN })
  await steps(4)
  const file = await save('checkpoint')
  expect(file.name).toBe('resnet-4-v2-step-4.checkpoint.safetensors')
  const hash = await weightsAt(4)

  freshHost()
  await host.handle({ type: 'open', id: 2, file, run: { ...RUN, seed: 9 } })
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
  await host.handle({ type: 'configure', id: 1, run: RUN })
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
  await host.handle({ type: 'configure', id: 1, run: RUN })
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
    await host.handle({ type: 'open', id: 2, file, run })
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
  await host.handle({ type: 'configure', id: 1, run: RUN })
  const seeded = await save('weights')
  await steps(2)
  const file = await save('weights')
  const hash = await weightsAt(2)
  await host.handle({ type: 'open', id: 2, file, run: RUN })
  expect(told('restored')[0]).toMatchObject({ id: 2, weightsOf: file.name })
  expect(told('phase').at(-1)).toMatchObject({ id: 2, phase: { phase: 'idle' } })
  expect(await weightsAt(0)).toBe(hash)
  const slower = { ...RUN, train: { ...RUN.train, weightDecay: 0 } }
  await host.handle({ type: 'configure', id: 3, run: slower, keepWeights: true })
  expect(await (await save('weights')).arrayBuffer()).toEqual(await file.arrayBuffer())
  await host.handle({ type: 'configure', id: 4, run: RUN })
  expect(await (await save('weights')).arrayBuffer()).toEqual(await seeded.arrayBuffer())
})

test('the last run is kept at rest, offered after a reload, and goes on to the bit', async () => {
  const whole = await unbroken()
  kept.bytes = undefined
  await host.handle({ type: 'configure', id: 1, run: RUN })
  await steps(3)
  freshHost()
  await host.start()
  expect(told('last-run')).toEqual([
    { type: 'last-run', lastRun: { state: 'offered', run: RUN, step: 3, savedAt: 1 } },
  ])
  await host.handle({ type: 'configure', id: 1, run: { ...RUN, seed: 5 } })
  await host.handle({ type: 'resume-last', id: 2 })
  expect(told('last-run').at(-1)!.lastRun).toEqual({ state: 'none' })
  const rest = await finish()
  expect([...told('restored')[0]!.steps.loss, ...rest.losses]).toEqual(whole.losses)
  expect(rest.weights).toBe(whole.weights)
})

test('a run at step 0 does not replace the kept one; a damaged one is told and removed', async () => {
  kept.bytes = new TextEncoder().encode('half a file')
  await host.start()
  expect(told('last-run')[0]!.lastRun).toMatchObject({ state: 'damaged' })
  await host.handle({ type: 'configure', id: 1, run: RUN })
  await host.handle({ type: 'keep' })
  await host.handle({ type: 'resume-last', id: 2 })
  expect(told('refused')).toHaveLength(1)
  expect(kept.writes).toBe(0)
  await host.handle({ type: 'discard-last' })
  expect(kept.bytes).toBeUndefined()
  expect(told('last-run').at(-1)!.lastRun).toEqual({ state: 'none' })
})

test('a full storage is told once, and training goes on', async () => {
  kept.fault = new DOMException('full', 'QuotaExceededError')
  await host.handle({ type: 'configure', id: 1, run: RUN })
  await steps(2)
  await finish()
  expect(told('unsaved')).toEqual([
    { type: 'unsaved', message: expect.stringContaining("The browser's storage is full.") },
  ])
})

test('a kept run on CIFAR-10 waits for CIFAR-10, and the offer stays', async () => {
  const data = { ...RUN.data, name: 'cifar10' as const }
  kept.bytes = await encodeCheckpoint({
    ...startOf(trainableNetwork({ ...RUN, data })),
    ...{ step: 1, losses: Float32Array.of(2), corrects: Float32Array.of(1) },
    seconds: Float32Array.of(1),
  })
  await host.start()
  await host.handle({ type: 'configure', id: 1, run: RUN })
  await host.handle({ type: 'resume-last', id: 2 })
  expect(told('refused')).toEqual([
    {
      ...{ type: 'refused', name: 'Your last run' },
      message: expect.stringContaining('CIFAR-10 is not here yet'),
      remedy: 'Get CIFAR-10 (under Pictures), then try again.',
    },
  ])
  expect(told('last-run').at(-1)!.lastRun.state).toBe('offered')
  await finish()
})

test('CIFAR-10 that is not here is told with what to do, and the host goes on', async () => {
  const data = { ...RUN.data, name: 'cifar10' as const }
  await host.handle({ type: 'configure', id: 1, run: { ...RUN, data } })
  await host.handle({ type: 'train' })
  await expect(reaches('finished')).rejects.toThrow('CIFAR-10 is not here yet')
  expect(phases().at(-1)).toMatchObject({ remedy: expect.stringContaining('Get CIFAR-10') })
})

test('a lost device is told, and training starts again on a new one', async () => {
  const long = { ...RUN, train: { ...RUN.train, steps: 100_000 } }
  await host.handle({ type: 'configure', id: 1, run: long })
  await host.handle({ type: 'train' })
  await reaches('training')
  opened[0]!.device.destroy()
  await expect(reaches('finished')).rejects.toThrow('The GPU was lost')
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect(phases().filter(({ phase }) => phase === 'failed')).toHaveLength(1)
  await host.handle({ type: 'configure', id: 2, run: RUN })
  await host.handle({ type: 'train' })
  await reaches('finished')
  expect(opened).toHaveLength(2)
})

test('no adapter is told as a device that is unavailable, with a remedy', async () => {
  host = new TrainingHost(
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
