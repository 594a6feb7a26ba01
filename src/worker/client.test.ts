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

test.each([
  ['error', /could not be loaded/],
  ['messageerror', /cannot be read/],
])('a worker that breaks down with %s ends the run where it stood', (fault, reason) => {
  const { client, workers, heard } = connected()
  client.post({ type: 'configure', id: 7, key: 'run-7', run: FIRST_RUN })
  workers[0]!.says({ type: 'steps', id: 7, steps })
  workers[0]!.dispatchEvent(new globalThis.Event(fault))
  expect(heard.at(-1)).toMatchObject({
    type: 'phase',
    id: 7,
    phase: { phase: 'failed', step: 5, message: expect.stringMatching(reason) },
  })
  expect(workers[0]!.terminated).toBe(true)
})

test('a worker that breaks down ends the race too, and a race gets a new one', () => {
  const { client, workers, heard } = connected()
  const comparison = comparisonOf(FIRST_RUN)
  client.post({ type: 'race-configure', race: 4, key: 'a', comparison })
  workers[0]!.dispatchEvent(new globalThis.Event('error'))
  expect(heard.at(-1)).toMatchObject({
    ...{ type: 'race-phase', race: 4 },
    phase: { phase: 'failed', message: expect.stringMatching(/could not be loaded/) },
  })
  client.post({ type: 'race-configure', race: 5, key: 'a', comparison })
  expect(workers[1]!.received).toHaveLength(1)
})

test('after a breakdown the next run gets a new worker, and the old one is not heard', () => {
  const { client, workers, heard } = connected()
  client.post({ type: 'configure', id: 1, key: 'run-1', run: FIRST_RUN })
  workers[0]!.dispatchEvent(new globalThis.Event('error'))
  client.post({ type: 'train' })
  expect(workers).toHaveLength(1)
  client.post({ type: 'configure', id: 2, key: 'run-2', run: FIRST_RUN })
  expect(workers[1]!.received).toEqual([{ type: 'configure', id: 2, key: 'run-2', run: FIRST_RUN }])
  const told = heard.length
  workers[0]!.says({ type: 'data', data: { state: 'absent' } })
  expect(heard).toHaveLength(told)
})

test("a lesson's client passes its race on, hears of it alone, and of a breakdown too", () => {
  const { client, workers } = connected()
  const lesson = lessonClient(client)
  const heard: Event[] = []
  lesson.subscribe((event) => heard.push(event))
  const configure = {
    type: 'race-configure',
    race: 2,
    key: 'a',
    comparison: comparisonOf(FIRST_RUN),
  } as const
  lesson.post(configure)
  expect(workers[0]!.received).toEqual([{ type: 'lesson', command: configure }])
  const idle = { type: 'race-phase', race: 2, phase: { phase: 'idle' } } as const
  workers[0]!.says(idle)
  workers[0]!.says({ type: 'lesson', event: idle })
  expect(heard).toEqual([idle])
  workers[0]!.dispatchEvent(new globalThis.Event('error'))
  expect(heard.at(-1)).toMatchObject({ race: 2, phase: { phase: 'failed' } })
  lesson.post(configure)
  expect(workers[1]!.received).toEqual([{ type: 'lesson', command: configure }])
  expect(() => lesson.post({ type: 'train' })).toThrow()
})
