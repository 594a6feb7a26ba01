import { expect, test } from 'vitest'
import { comparisonOf } from '../run/comparison'
import { FIRST_RUN } from '../run/presets'
import { lessonClient, WorkerClient } from './client'
import type { Command, Event } from './protocol'

/** A worker that keeps what it is sent, and breaks down when the test says so. */
class ScriptedWorker extends EventTarget {
  readonly received: Command[] = []
  terminated = false
  postMessage(command: Command) {
    this.received.push(command)
  }
  terminate() {
    this.terminated = true
  }
  says(event: Event) {
    this.dispatchEvent(new MessageEvent('message', { data: event }))
  }
}

function connected() {
  const workers: ScriptedWorker[] = []
  const client = new WorkerClient(() => {
    workers.push(new ScriptedWorker())
    return workers.at(-1)! as unknown as Worker
  })
  const heard: Event[] = []
  client.subscribe((event) => heard.push(event))
  return { client, workers, heard }
}

const steps = {
  first: 3,
  loss: Float32Array.of(2, 1),
  correct: Uint32Array.of(1, 2),
  learningRate: Float64Array.of(0.1, 0.1),
  seconds: Float64Array.of(1, 2),
}

const BREAKDOWNS = [
  ['error', 'The training worker stopped: it could not be loaded.'],
  ['messageerror', 'The training worker stopped: it sent what cannot be read.'],
] as const

const configure = { type: 'configure', id: 7, key: 'run-7', run: FIRST_RUN } as const
const training = { type: 'phase', id: 7, phase: { phase: 'training', step: 3 } } as const
const comparison = comparisonOf(FIRST_RUN)
const race = { race: 4, key: 'ab', comparison }
const refused = { type: 'refused', message: 'It is not there.', remedy: 'Another one.' } as const

const breaks = (worker: ScriptedWorker) => worker.dispatchEvent(new globalThis.Event('error'))

/** A client whose run trains and has made five steps. */
function inTraining() {
  const page = connected()
  page.client.post(configure)
  page.client.post({ type: 'train' })
  page.workers[0]!.says(training)
  page.workers[0]!.says({ type: 'steps', id: 7, steps })
  return page
}

test.each(BREAKDOWNS)(
  'after %s another worker trains on from the kept checkpoint',
  (fault, reason) => {
    const { workers } = inTraining()
    workers[0]!.dispatchEvent(new globalThis.Event(fault))
    expect(workers[0]!.terminated).toBe(true)
    const setBack = { reason, outcome: 'continues' }
    expect(workers[1]!.received).toEqual([
      { type: 'resume', id: 7, key: 'run-7', name: 'The kept run', setBack },
      { type: 'train' },
    ])
  },
)

test('a run of which nothing is kept starts again from its seed, and trains by itself', () => {
  const { workers, heard } = inTraining()
  breaks(workers[0]!)
  const told = heard.length
  workers[1]!.says({ ...refused, name: 'The kept run' })
  expect(workers[1]!.received.slice(2)).toEqual([configure, { type: 'train' }])
  expect(heard.slice(told)).toMatchObject([
    { type: 'set-back', id: 7, setBack: { step: 0, outcome: 'continues' }, evaluations: [] },
  ])
})

test('a run that rests goes on resting; one that has no step is configured again', () => {
  const { client, workers } = inTraining()
  client.post({ type: 'pause' })
  workers[0]!.says({ type: 'phase', id: 7, phase: { phase: 'paused', step: 5 } })
  breaks(workers[0]!)
  expect(workers[1]!.received).toMatchObject([{ type: 'resume', setBack: { outcome: 'rests' } }])
  const fresh = connected()
  fresh.client.post(configure)
  breaks(fresh.workers[0]!)
  expect(fresh.workers[1]!.received).toEqual([configure])
  expect(fresh.heard).toEqual([])
})

test('a second breakdown without a step between ends the run where it stood; a reset starts a worker', () => {
  const { client, workers, heard } = inTraining()
  breaks(workers[0]!)
  breaks(workers[1]!)
  expect(workers).toHaveLength(2)
  expect(heard.at(-1)).toMatchObject({
    ...{ type: 'phase', id: 7 },
    phase: { phase: 'failed', step: 5, message: BREAKDOWNS[0][1] },
  })
  client.post({ type: 'train' })
  expect(workers).toHaveLength(2)
  client.post({ ...configure, id: 8 })
  expect(workers[2]!.received).toEqual([{ ...configure, id: 8 }])
  const told = heard.length
  workers[0]!.says({ type: 'data', data: { state: 'absent' } })
  expect(heard).toHaveLength(told)
})

test('a run of opened weights of which nothing is kept ends, for it has no seed to start from', () => {
  const { workers, heard } = inTraining()
  const past = { steps: { ...steps, first: 0 }, evaluations: [] }
  const opened = { type: 'restored', id: 9, key: 'run-9', run: FIRST_RUN, ...past } as const
  workers[0]!.says(opened)
  breaks(workers[0]!)
  workers[1]!.says({ ...refused, name: 'The kept run' })
  expect(heard.at(-1)).toMatchObject({ id: 9, phase: { phase: 'failed', step: 2 } })
})

test('a race trains on from what is kept of it, or from its start', () => {
  const { client, workers, heard } = connected()
  client.post({ type: 'race-configure', ...race })
  client.post({ type: 'race-train' })
  workers[0]!.says({ type: 'race-phase', race: 4, phase: { phase: 'training', seedIndex: 0 } })
  workers[0]!.says({ type: 'race-steps', race: 4, lane: 0, seedIndex: 0, steps })
  breaks(workers[0]!)
  const cause = { reason: BREAKDOWNS[0][1], outcome: 'continues' }
  expect(workers[1]!.received).toEqual([
    { type: 'race-resume-last', race: 4, after: { key: 'ab', cause } },
    { type: 'race-train' },
  ])
  workers[1]!.says({ ...refused, name: 'Your last comparison' })
  expect(workers[1]!.received.slice(2)).toEqual([
    { type: 'race-configure', ...race },
    { type: 'race-train' },
  ])
  expect(heard.at(-1)).toEqual({ type: 'race-set-back', race: 4, setBack: { ...cause, step: 0 } })
  breaks(workers[1]!)
  expect(heard.at(-1)).toMatchObject({ race: 4, phase: { phase: 'failed' } })
})

test("a lesson's client passes its race on, hears of it alone, and of a breakdown too", () => {
  const { client, workers } = connected()
  const lesson = lessonClient(client)
  const heard: Event[] = []
  lesson.subscribe((event) => heard.push(event))
  const configure = { type: 'race-configure', ...race, race: 2 } as const
  lesson.post(configure)
  expect(workers[0]!.received).toEqual([{ type: 'lesson', command: configure }])
  const idle = { type: 'race-phase', race: 2, phase: { phase: 'idle' } } as const
  workers[0]!.says(idle)
  workers[0]!.says({ type: 'lesson', event: idle })
  expect(heard).toEqual([idle])
  breaks(workers[0]!)
  expect(workers[1]!.received).toEqual([{ type: 'lesson', command: configure }])
  breaks(workers[1]!)
  expect(heard.at(-1)).toMatchObject({ race: 2, phase: { phase: 'failed' } })
  expect(() => lesson.post({ type: 'train' })).toThrow()
})
