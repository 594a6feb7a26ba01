import { afterAll, beforeAll, expect, test } from 'vitest'
import { openNodeDevice } from '../cli/adapter'
import { paceEventLoop } from '../cli/pace'
import type { Gpu } from '../gpu/device'
import { parseRun } from '../run/config'
import { FIRST_RUN } from '../run/presets'
import { TrainingDesk } from './desk'
import type { Event, Phase, RunCommand } from './protocol'

const RUN = parseRun({
  ...FIRST_RUN,
  model: { ...FIRST_RUN.model, units: [1], widths: [4], stemWidth: 4 },
  train: { ...FIRST_RUN.train, steps: 4, batchSize: 4 },
  evaluate: { every: 2, images: 6 },
})

let endPacing: () => void
beforeAll(() => {
  endPacing = paceEventLoop()
})
afterAll(() => endPacing())

/** Gives a fresh host the commands, each once training rests, and returns what it told. */
async function told(types: readonly ('profile' | 'train')[], run = RUN): Promise<Event[]> {
  const events: Event[] = []
  let gpu: Gpu | undefined
  const open = async () => {
    gpu = await openNodeDevice(process.env.GPU_ADAPTER)
    return gpu
  }
  const host = new TrainingDesk(open, (event) => events.push(event), {
    checkpoints: async () => undefined,
    race: async () => undefined,
  })
  const commands: RunCommand[] = [{ type: 'configure', id: 1, key: 'run-1', run }]
  for (const command of [...commands, ...types.map((type) => ({ type }))]) {
    const before = events.length
    await host.handle(command)
    while (command.type !== 'configure' && !events.slice(before).some(isWeights)) {
      const failure = phases(events).find(({ phase }) => phase === 'failed')
      if (failure) throw new Error(JSON.stringify(failure))
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  // What is told of the device's end is no part of the run.
  const heard = [...events]
  gpu?.device.destroy()
  return heard
}

function isWeights({ type }: Event): boolean {
  return type === 'weights'
}

function phases(events: readonly Event[]): Phase[] {
  return events.flatMap((event) => (event.type === 'phase' ? [event.phase] : []))
}

/** What two runs are compared by. */
function results(events: readonly Event[]) {
  return {
    losses: events.flatMap((event) => (event.type === 'steps' ? [...event.steps.loss] : [])),
    evaluations: events.flatMap((event) => (event.type === 'evaluation' ? [event.evaluation] : [])),
    weights: events.flatMap((event) => (event.type === 'weights' ? [event.weights] : [])).at(-1),
  }
}

test('a profiled step is told launch by launch, and the run goes on as if it were an ordinary one', async () => {
  const ordinary = results(await told(['train']))
  const events = await told(['profile', 'profile', 'profile'])
  const profiles = events.flatMap((event) => (event.type === 'profile' ? [event.profile] : []))
  // The first one makes an ordinary step before, and the last one ends the run.
  expect(profiles.map(({ step }) => step)).toEqual([1, 2, 3])
  expect(profiles[0]!.launches.length).toBeGreaterThan(20)
  expect(profiles[0]!.timing).toBe('wall-clock')
  const [first, ...others] = profiles.map(({ rates }) => rates)
  expect(first!.flops).toBeGreaterThan(1e9)
  expect(first!.bytes).toBeGreaterThan(1e7)
  // Measured once an adapter.
  for (const rates of others) expect(rates).toEqual(first)
  expect(results(events)).toEqual(ordinary)
  const inOrder = phases(events).map(({ phase }) => phase)
  expect(inOrder).toContain('profiling')
  expect(inOrder.at(-1)).toBe('finished')
})

test('a run of one step is profiled without an ordinary one before', async () => {
  const run = parseRun({ ...RUN, train: { ...RUN.train, steps: 1 } })
  const events = await told(['profile'], run)
  expect(events).toContainEqual(
    expect.objectContaining({ type: 'profile', profile: expect.objectContaining({ step: 0 }) }),
  )
  expect(phases(events).at(-1)).toEqual({ phase: 'finished', step: 1 })
})
