import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openNodeDevice } from '../cli/adapter'
import { paceEventLoop } from '../cli/pace'
import type { Gpu } from '../gpu/device'
import { comparisonOf, parseComparison } from '../run/comparison'
import { parseRun, type RunConfig } from '../run/config'
import { FIRST_RUN } from '../run/presets'
import { TrainingDesk } from './desk'
import type { Event } from './protocol'

const { evaluate: _, ...WITHOUT_EVALUATION } = FIRST_RUN
const RUN: RunConfig = parseRun({
  ...WITHOUT_EVALUATION,
  model: { ...FIRST_RUN.model, units: [2], widths: [4], stemWidth: 4 },
  train: { ...FIRST_RUN.train, steps: 6, batchSize: 4 },
})

let endPacing: () => void
let opened: Gpu[]
let events: Event[]
let desk: TrainingDesk

beforeAll(() => {
  endPacing = paceEventLoop()
})
afterAll(() => endPacing())

beforeEach(() => {
  opened = []
  events = []
  const open = async () => {
    const gpu = await openNodeDevice(process.env.GPU_ADAPTER)
    opened.push(gpu)
    return gpu
  }
  const nothing = async () => undefined
  desk = new TrainingDesk(open, (event) => events.push(event), {
    checkpoints: nothing,
    race: nothing,
  })
  return () => {
    for (const { device } of opened) device.destroy()
  }
})

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

const read = () => told('meter').map(({ id, reading }) => [id, reading.step])

async function finishes(id: number): Promise<string> {
  await desk.handle({ type: 'train' })
  return until(() => {
    const found = told('weights').findLast((event) => event.id === id)
    return found?.weights.step === RUN.train.steps ? found.weights.sha256 : undefined
  })
}

/** The next buffers that are made as what may not fit do not. */
function haveNoMemory(device: GPUDevice): void {
  const { pushErrorScope, popErrorScope } = device
  device.pushErrorScope = (filter) => {
    pushErrorScope.call(device, filter)
    if (filter !== 'out-of-memory') return
    Object.assign(device, { pushErrorScope })
    device.popErrorScope = async () => {
      device.popErrorScope = popErrorScope
      await popErrorScope.call(device)
      return { message: 'out of memory' }
    }
  }
}

test('a run is read at its steps and when asked, and ends with the same bits', async () => {
  await desk.handle({ type: 'configure', id: 1, key: 'a', run: RUN })
  await desk.handle({ type: 'read-meter', id: 1 })
  expect(read()).toEqual([[1, 0]])
  expect(told('phase').at(-1)!.phase).toEqual({ phase: 'idle' })
  await desk.handle({ type: 'meter', id: 1, every: 2 })
  const metered = await finishes(1)
  // Step 0 has been read: it is not read again.
  expect(read()).toEqual([0, 2, 4].map((step) => [1, step]))
  const states = told('meter-status').map(({ status }) => status.state)
  expect([...new Set(states)]).toEqual(['compiling', 'on'])
  await desk.handle({ type: 'read-meter', id: 1 })
  expect(read().at(-1)).toEqual([1, 6])
  expect(
    told('meter')
      .at(-1)!
      .reading.units.map(({ name }) => name),
  ).toEqual(['layer1.0', 'layer1.1'])

  await desk.handle({ type: 'configure', id: 2, key: 'b', run: RUN })
  expect(told('meter-status').at(-1)).toMatchObject({ id: 1, status: { state: 'off' } })
  expect(await finishes(2)).toBe(metered)
  expect(read()).toHaveLength(4)
  expect(told('steps').flatMap(({ steps }) => [...steps.loss])).toHaveLength(12)
})

test('a meter that does not fit says so, and the run goes on', async () => {
  await desk.handle({ type: 'configure', id: 1, key: 'a', run: RUN })
  await desk.handle({ type: 'step' })
  await until(() => told('weights')[0])
  haveNoMemory(opened[0]!.device)
  await desk.handle({ type: 'meter', id: 1, every: 1 })
  const { status } = await until(() =>
    told('meter-status').find((event) => event.status.state === 'failed'),
  )
  expect(status).toMatchObject({ state: 'failed', message: expect.stringContaining('meter') })
  await finishes(1)
  expect(read()).toEqual([])

  // There is room by now.
  await desk.handle({ type: 'read-meter', id: 1 })
  expect(read()).toEqual([[1, RUN.train.steps]])
})

test('a meter that failed is off once it is switched off', async () => {
  await desk.handle({ type: 'configure', id: 1, key: 'a', run: RUN })
  await desk.handle({ type: 'step' })
  await until(() => told('weights')[0])
  opened[0]!.device.createCommandEncoder = () => {
    throw new Error('no reading')
  }
  await desk.handle({ type: 'read-meter', id: 1 })
  expect(told('meter-status').at(-1)!.status).toMatchObject({
    ...{ state: 'failed', message: 'no reading' },
  })
  await desk.handle({ type: 'meter', id: 1, every: null })
  expect(told('meter-status').at(-1)!.status).toEqual({ state: 'off' })
})

test('the lanes of a race are read at rest and while they train', async () => {
  const comparison = parseComparison({
    ...comparisonOf(RUN),
    train: RUN.train,
    lanes: [
      { name: 'v2', model: RUN.model },
      { name: 'plain', model: { ...RUN.model, shortcut: { kind: 'none' } } },
    ],
  })
  await desk.handle({ type: 'race-configure', race: 1, key: 'ab'.repeat(12), comparison })
  await desk.handle({ type: 'race-read-meter', race: 1 })
  expect(told('race-phase').at(-1)!.phase).toEqual({ phase: 'idle' })
  await desk.handle({ type: 'race-meter', race: 1, every: 3 })
  await desk.handle({ type: 'race-train' })
  await until(() => (told('race-phase').at(-1)!.phase.phase === 'finished' ? true : undefined))
  for (const [lane, direct] of [true, false].entries()) {
    const own = told('race-meter').filter((event) => event.lane === lane)
    expect(own.map(({ seedIndex, reading }) => [seedIndex, reading.step])).toEqual([
      [0, 0],
      [0, 3],
    ])
    for (const { reading } of own) expect(reading.units[1]!.gradient.direct > 0).toBe(direct)
  }
})
