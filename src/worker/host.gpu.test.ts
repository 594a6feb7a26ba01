import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openNodeDevice } from '../cli/adapter'
import { paceEventLoop } from '../cli/pace'
import type { Gpu } from '../gpu/device'
import { parseRun, type RunConfig } from '../run/config'
import { FIRST_RUN } from '../run/presets'
import { TrainingHost } from './host'
import type { Event, Phase } from './protocol'

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
  host = new TrainingHost(open, (event) => events.push(event))
})

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
  opened[0]!.device.destroy()
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
  expect(events.at(-1)).toMatchObject({ id: 2, phase: { phase: 'paused', step: 1 } })
  opened[0]!.device.destroy()
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
  opened[0]!.device.destroy()
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
  opened[1]!.device.destroy()
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
