import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'
import { beforeEach, expect, test } from 'vitest'
import type { CheckpointStore } from '../archive/checkpoints'
import { RunDatabase } from '../archive/database'
import type { StepColumns } from '../archive/record'
import { FIRST_RUN } from '../run/presets'
import type { TrainingClient } from '../worker/client'
import type { Command, Event, Phase } from '../worker/protocol'
import { createBench } from './bench'
import { freeable, KeptRuns } from './kept-runs'
import { Recorder } from './recorder'

const VERSIONS = { app: '1', commit: 'abc', browser: 'Browser 1' }

/** A page over a database that outlives it, as a browser's does. */
function openPage(now = () => 0) {
  let listener: (event: Event) => void = () => {}
  const commands: Command[] = []
  const client: TrainingClient = {
    post: (command) => void commands.push(command),
    subscribe: (added) => {
      const before = listener
      listener = (event) => {
        before(event)
        added(event)
      }
      return () => {}
    },
  }
  const checkpoints = new Map<string, Uint8Array<ArrayBuffer>>()
  const store: CheckpointStore = {
    read: async (id) => checkpoints.get(id),
    write: async (id, bytes) => void checkpoints.set(id, bytes),
    remove: async (id) => void checkpoints.delete(id),
  }
  const bench = createBench(client)
  const asked: string[] = []
  const manager = {
    estimate: async () => ({ usage: 5, quota: 10 }),
    persisted: async () => asked.length > 0,
    persist: async () => asked.push('persist') > 0,
  }
  const browser = { openDatabase: () => RunDatabase.open(), openCheckpoints: async () => store }
  const runs = new KeptRuns({ ...browser, manager }, now)
  const recorder = new Recorder(bench, runs, VERSIONS, now)
  client.subscribe((event) => recorder.receive(event))
  const say = (...events: Event[]) => events.forEach((event) => void listener(event))
  const { id, key } = bench.store.getState().active
  const phase = (phase: Phase): Event => ({ type: 'phase', id, phase })
  return { bench, runs, recorder, say, id, key, phase, checkpoints, asked }
}

const columns = (first: number, count: number): StepColumns => ({
  loss: Float32Array.from({ length: count }, (_, i) => first + i + 0.5),
  correct: Uint32Array.from({ length: count }, (_, i) => (first + i) % 32),
  learningRate: new Float64Array(count).fill(0.1),
  seconds: Float64Array.from({ length: count }, (_, i) => first + i + 1),
})
const steps = (id: number, first: number, count: number): Event => ({
  ...{ type: 'steps', id, steps: { first, ...columns(first, count) } },
})

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory()
})

test('a run is written down from its first step, and read by the next visit as it was', async () => {
  let time = 1000
  const { runs, recorder, say, id, key, phase } = openPage(() => time)
  await runs.load()
  say(phase({ phase: 'idle' }))
  await recorder.writeDown()
  expect(runs.store.getState().runs).toEqual([])

  say(phase({ phase: 'training', step: 0 }), steps(id, 0, 1))
  await recorder.writeDown()
  expect(runs.store.getState().runs).toMatchObject([{ id: key, steps: 1 }])
  time = 9000
  // More steps than a chunk of the database holds.
  say(steps(id, 1, 6000), steps(id, 6001, 3000))
  const evaluation = { step: 9001, loss: 2, accuracy: 0.5, images: 100 }
  say({ type: 'evaluation', id, evaluation })
  say(phase({ phase: 'paused', step: 9001 }))
  say({ type: 'weights', id, weights: { step: 9001, sha256: 'ab' } })
  say({ type: 'kept', key, checkpoint: { step: 9001, bytes: 7, savedAt: 8 } })
  await recorder.writeDown()

  const next = openPage(() => time)
  await next.runs.load()
  expect(next.runs.store.getState().runs).toEqual([
    {
      ...{ id: key, name: '', note: '', starred: false, setAside: false, run: FIRST_RUN },
      ...{ startedAt: 1000, updatedAt: 9000, status: { state: 'paused' }, steps: 9001 },
      ...{ evaluations: [evaluation], device: { name: '', software: false } },
      ...{ versions: VERSIONS, weights: { step: 9001, sha256: 'ab' } },
      checkpoint: { step: 9001, bytes: 7, savedAt: 8 },
    },
  ])
  expect(await next.runs.steps(key)).toEqual(columns(0, 9001))
})

test('a run broken off by a crash is offered, goes on in its record, and what was after its checkpoint gives way', async () => {
  const { runs, recorder, say, id, key, phase } = openPage()
  await runs.load()
  say(phase({ phase: 'training', step: 0 }), steps(id, 0, 5000))
  say({ type: 'kept', key, checkpoint: { step: 30, bytes: 7, savedAt: 8 } })
  await recorder.writeDown()

  const next = openPage()
  await next.runs.load()
  expect(next.runs.store.getState().offer).toMatchObject({ id: key, checkpoint: { step: 30 } })
  next.bench.resume({ id: key, name: 'A run' })
  const restored = { type: 'restored', id: 2, key, run: FIRST_RUN, evaluations: [] } as const
  next.say({ ...restored, steps: { first: 0, ...columns(0, 30) } })
  expect(next.runs.store.getState().offer).toBeUndefined()
  await next.recorder.writeDown()
  expect((await next.runs.steps(key)).loss).toHaveLength(5000)
  next.say(steps(2, 30, 2))
  await next.recorder.writeDown()
  expect(await next.runs.steps(key)).toEqual(columns(0, 32))
  expect(next.runs.store.getState().runs).toMatchObject([{ id: key, steps: 32 }])
})

test('figures that could not be written are told, kept, and written when there is room', async () => {
  const { runs, recorder, say, id, key, phase } = openPage()
  await runs.load()
  say(phase({ phase: 'training', step: 0 }), steps(id, 0, 2))
  await recorder.writeDown()
  const append = RunDatabase.prototype.append
  RunDatabase.prototype.append = async () => {
    throw new DOMException('full', 'QuotaExceededError')
  }
  say(steps(id, 2, 3), phase({ phase: 'paused', step: 5 }))
  await recorder.writeDown()
  say(phase({ phase: 'training', step: 5 }), steps(id, 5, 1))
  await recorder.writeDown()
  expect(runs.store.getState().unwritten).toMatchObject({ full: true })
  RunDatabase.prototype.append = append
  await recorder.writeDown()
  expect(runs.store.getState().unwritten).toBeUndefined()
  expect(await runs.steps(key)).toEqual(columns(0, 6))
})

test('a reset begins another record, and leaves the one before as one that can go on', async () => {
  const { bench, runs, recorder, say, id, key, phase } = openPage()
  await runs.load()
  say(phase({ phase: 'training', step: 0 }), steps(id, 0, 2))
  bench.reset()
  say({ type: 'phase', id: 2, phase: { phase: 'idle' } }, steps(2, 0, 1))
  await recorder.writeDown()
  const found = Object.fromEntries(runs.store.getState().runs!.map((run) => [run.id, run]))
  expect(Object.keys(found)).toHaveLength(2)
  expect(found[key]).toMatchObject({ steps: 2, status: { state: 'paused' } })
})

test('a deleted run comes back by undo, and is gone with its checkpoint once that is past', async () => {
  const { runs, recorder, say, id, key, phase, checkpoints } = openPage()
  await runs.load()
  checkpoints.set(key, new Uint8Array(7))
  say(phase({ phase: 'paused', step: 2 }), steps(id, 0, 2))
  await recorder.writeDown()
  await runs.rename(key, 'Mine')
  await runs.delete(key)
  expect(runs.store.getState()).toMatchObject({ runs: [], deleted: { id: key } })
  await runs.bringBack(key)
  expect(runs.store.getState().runs).toMatchObject([{ name: 'Mine' }])
  await runs.delete(key)
  await runs.confirmDeletion()
  expect(checkpoints.size).toBe(0)
  expect((await runs.steps(key)).loss).toHaveLength(0)
  await runs.load()
  expect(runs.store.getState().runs).toEqual([])
})

test('a deletion that was left open is carried out by a later visit, but not at once', async () => {
  const { runs, recorder, say, id, key, phase } = openPage()
  await runs.load()
  say(phase({ phase: 'paused', step: 2 }), steps(id, 0, 2))
  await recorder.writeDown()
  await runs.delete(key)
  const soon = openPage(() => 60_000)
  await soon.runs.load()
  expect(soon.runs.store.getState()).toMatchObject({ runs: [], deleted: { id: key } })
  expect((await runs.steps(key)).loss).toHaveLength(2)
  await openPage(() => 3_600_000).runs.load()
  expect((await runs.steps(key)).loss).toHaveLength(0)
})

test('only unstarred checkpoints of other runs can be freed, and a star asks to be kept safe', async () => {
  const { runs, key, asked, checkpoints } = openPage()
  await runs.load()
  const blank = {
    ...{ name: '', note: '', starred: false, run: FIRST_RUN, startedAt: 0, updatedAt: 0, steps: 0 },
    ...{ status: { state: 'paused' as const }, evaluations: [], versions: VERSIONS },
    ...{ device: { name: '', software: false } },
    checkpoint: { step: 1, bytes: 10, savedAt: 0 },
  }
  for (const [i, id] of ['late', 'early', 'starred', key].entries()) {
    checkpoints.set(id, new Uint8Array(10))
    await runs.add({ ...blank, id, updatedAt: id === 'early' ? -1 : i }, columns(0, 1))
  }
  await runs.star('starred', true)
  expect(asked).toEqual(['persist'])
  expect(runs.store.getState().storage).toEqual({ usage: 5, quota: 10, persisted: true })
  const offered = freeable(runs.store.getState().runs!, key).map(({ id }) => id)
  expect(offered).toEqual(['early', 'late'])
  await runs.freeCheckpoints(offered)
  expect([...checkpoints.keys()]).toEqual(['starred', key])
  expect(freeable(runs.store.getState().runs!, key)).toEqual([])
  expect((await runs.steps('early')).loss).toHaveLength(1)
})

test('where the browser has no database, that is told and training goes on', async () => {
  globalThis.indexedDB = undefined as unknown as IDBFactory
  const { runs, recorder, say, id, phase } = openPage()
  await runs.load()
  expect(runs.store.getState()).toMatchObject({ runs: [], unavailable: expect.any(String) })
  say(phase({ phase: 'training', step: 0 }), steps(id, 0, 2))
  await recorder.writeDown()
})
