import { afterAll, beforeAll, expect, test } from 'vitest'
import { openNodeDevice } from '../cli/adapter'
import { paceEventLoop } from '../cli/pace'
import type { Gpu } from '../gpu/device'
import { parseRun } from '../run/config'
import { FIRST_RUN } from '../run/presets'
import { type ConvChoice, FIXED_CHOICE, shapeKey } from '../shaders/conv2d/choice'
import { decodeCheckpoint } from '../train/checkpoint'
import { trainableNetwork } from '../train/network'
import { kernelsHash } from '../tuning/code'
import type { Measured, TuningStore } from '../tuning/table'
import { TrainingDesk } from './desk'
import type { Event, KernelStatus, RunCommand } from './protocol'

const { evaluate: _, ...SETTINGS } = FIRST_RUN
const RUN = parseRun({
  ...SETTINGS,
  model: { ...FIRST_RUN.model, units: [1], widths: [4], stemWidth: 4 },
  train: { ...FIRST_RUN.train, steps: 100_000, batchSize: 4 },
})
const SHAPES = trainableNetwork(RUN).convolutions

let gpu: Gpu
let endPacing: () => void

beforeAll(async () => {
  gpu = await openNodeDevice(process.env.GPU_ADAPTER)
  endPacing = paceEventLoop()
})
afterAll(() => endPacing())

/** The adapter, taken for a GPU of an unknown vendor. */
const asGpu = (): Gpu => ({ ...gpu, info: { ...gpu.info, vendor: '', software: false } })

class MemoryTuning implements TuningStore {
  readonly platform = 'test'
  constructor(readonly kept: Record<string, unknown> = {}) {}
  async read(adapter: string) {
    return this.kept[adapter]
  }
  async write(adapter: string, measured: Measured) {
    this.kept[adapter] = structuredClone(measured)
  }
}

/** A host with what it has told. */
class Page {
  readonly events: Event[] = []
  private readonly host: TrainingDesk

  constructor(store: TuningStore) {
    const open = async () => asGpu()
    const post = (event: Event) => this.events.push(event)
    const none = async () => undefined
    this.host = new TrainingDesk(open, post, { checkpoints: none, race: none }, store)
  }

  handle(command: RunCommand): Promise<void> {
    return this.host.handle(command)
  }

  told<T extends Event['type']>(type: T): Extract<Event, { type: T }>[] {
    return this.events.filter((event): event is Extract<Event, { type: T }> => event.type === type)
  }

  async until(what: () => boolean): Promise<void> {
    while (!what()) {
      const phase = this.told('phase').at(-1)?.phase
      if (phase?.phase === 'failed') throw new Error(phase.message)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }

  async step(id: number): Promise<void> {
    const before = this.told('weights').length
    await this.handle({ type: 'step' })
    await this.until(() => this.told('weights').length > before)
    expect(this.told('weights').at(-1)!.id).toBe(id)
  }

  async checkpoint(): Promise<File> {
    const before = this.told('file').length
    await this.handle({ type: 'save', what: 'checkpoint' })
    await this.until(() => this.told('file').length > before)
    const { name, bytes } = this.told('file').at(-1)!
    return new File([bytes], name)
  }

  get losses(): number[] {
    return this.told('steps').flatMap(({ steps }) => [...steps.loss])
  }

  get kernels(): KernelStatus {
    return this.told('kernels').at(-1)!.kernels
  }
}

/** A store in which all shapes have the same winner. */
async function measured(choice: ConvChoice): Promise<MemoryTuning> {
  const winners = Object.fromEntries(SHAPES.map((shape) => [shapeKey(shape), choice]))
  const code = await kernelsHash()
  return new MemoryTuning({ [gpu.info.name]: { platform: 'test', code, winners } })
}

/** What holds on the adapter of these tests where nothing has been measured. */
const DEFAULTS: ConvChoice = { ...FIXED_CHOICE, forward: 'direct', dataGradient: 'direct' }

test('a run trains on defaults, to the bit, while its net is tuned; the winners are kept', async () => {
  const foreign = { platform: 'another browser', code: 'other code', winners: { odd: {} } }
  const store = new MemoryTuning({ [gpu.info.name]: foreign })
  const page = new Page(store)
  await page.handle({ type: 'configure', id: 1, key: 'a', run: RUN })
  await page.handle({ type: 'train' })
  await page.until(() => page.told('kernels').length > 0)
  expect(page.kernels).toMatchObject({
    ...{ defaults: 'registers', shapes: SHAPES.length, tuned: 0, resumed: false },
    ...{ tuning: true, othersNext: false, excluded: [] },
  })
  await page.until(() => !page.kernels.tuning)
  const steps = page.losses.length
  await page.until(() => page.losses.length > steps + 5)
  await page.handle({ type: 'pause' })
  const kept = store.kept[gpu.info.name] as Measured
  expect(kept).toMatchObject({ platform: 'test', code: await kernelsHash() })
  expect(Object.keys(kept.winners)).not.toHaveLength(0)
  expect(page.kernels.excluded).toEqual([])

  const plain = new Page(await measured(DEFAULTS))
  await plain.handle({ type: 'configure', id: 1, key: 'a', run: RUN })
  await plain.handle({ type: 'train' })
  const { length } = page.losses
  await plain.until(() => plain.losses.length >= length)
  await plain.handle({ type: 'pause' })
  expect(plain.kernels.tuning).toBe(false)
  expect(plain.losses.slice(0, length)).toEqual(page.losses)
})

const ONE: ConvChoice = {
  ...FIXED_CHOICE,
  ...{ forward: 'tiled', dataGradient: 'tiled', filterGradientThreads: 8192 },
}
const OTHER: ConvChoice = { ...ONE, forward: 'direct', filterGradientThreads: 16_384 }

async function choicesIn(file: File): Promise<ConvChoice[]> {
  const { kernels } = await decodeCheckpoint(new Uint8Array(await file.arrayBuffer()))
  return Object.values(kernels!.table)
}

test('a start takes the winners, a run that goes on keeps those that it began with', async () => {
  const first = new Page(await measured(ONE))
  await first.handle({ type: 'configure', id: 1, key: 'a', run: RUN })
  await first.step(1)
  expect(first.kernels).toMatchObject({ tuned: SHAPES.length, tuning: false, othersNext: false })
  const file = await first.checkpoint()
  expect(await choicesIn(file)).toEqual(SHAPES.map(() => ONE))
  await first.step(1)

  const second = new Page(await measured(OTHER))
  await second.handle({ type: 'open', id: 2, key: 'b', file, run: RUN })
  await second.step(2)
  expect(second.kernels).toMatchObject({ resumed: true, tuned: 0, othersNext: true })
  expect(second.told('weights').at(-1)!.weights).toEqual(first.told('weights').at(-1)!.weights)
  expect(await choicesIn(await second.checkpoint())).toEqual(SHAPES.map(() => ONE))

  await second.handle({ type: 'configure', id: 3, key: 'c', run: RUN })
  await second.step(3)
  expect(second.kernels).toMatchObject({ resumed: false, tuned: SHAPES.length, othersNext: false })
  expect(await choicesIn(await second.checkpoint())).toEqual(SHAPES.map(() => OTHER))
})
