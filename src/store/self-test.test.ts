import { expect, test } from 'vitest'
import type { KernelResult, SelfTestEvent } from '../worker/self-test-protocol'
import { createSelfTest } from './self-test'

class ScriptedWorker extends EventTarget {
  terminated = false
  terminate() {
    this.terminated = true
  }
  say(data: SelfTestEvent) {
    this.dispatchEvent(Object.assign(new Event('message'), { data }))
  }
}

const result = { op: 'relu', passed: true } as KernelResult

function begun() {
  const workers: ScriptedWorker[] = []
  const selfTest = createSelfTest(() => {
    const worker = new ScriptedWorker()
    workers.push(worker)
    return worker as unknown as Worker
  })
  selfTest.begin()
  return { selfTest, workers, state: () => selfTest.store.getState() }
}

test('results come one after another, and the worker ends with the test', () => {
  const { workers, state } = begun()
  const [worker] = workers
  expect(state().phase).toEqual({ phase: 'running' })
  worker!.say({ type: 'begun', adapter: 'A GPU', total: 2 })
  worker!.say({ type: 'result', result })
  expect(state()).toMatchObject({ adapter: 'A GPU', total: 2, results: [result] })
  const outcome = { excluded: ['forward tiled'], refused: [], text: 'text', kept: true }
  worker!.say({ type: 'done', ...outcome })
  expect(state().phase).toEqual({ phase: 'done', ...outcome })
  expect(worker!.terminated).toBe(true)
})

test('a test that is cancelled ends its worker and keeps what it showed; another one begins anew', () => {
  const { selfTest, workers, state } = begun()
  workers[0]!.say({ type: 'result', result })
  selfTest.cancel()
  expect(workers[0]!.terminated).toBe(true)
  expect(state()).toMatchObject({ phase: { phase: 'cancelled' }, results: [result] })
  workers[0]!.say({ type: 'result', result })
  expect(state().results).toHaveLength(1)
  selfTest.begin()
  expect(state()).toMatchObject({ phase: { phase: 'running' }, results: [] })
})

test('a worker that breaks down is told with what to do', () => {
  const { workers, state } = begun()
  workers[0]!.dispatchEvent(Object.assign(new Event('error'), { message: 'no such file' }))
  expect(state().phase).toEqual({
    ...{ phase: 'failed', message: 'no such file', remedy: 'Reload the page.' },
  })
})
