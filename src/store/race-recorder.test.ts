import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'
import { beforeEach, expect, test } from 'vitest'
import { ScriptedClient } from '../../test/scripted-client'
import { RunDatabase } from '../archive/database'
import { laneRunId } from '../archive/record'
import { laneRun } from '../run/comparison'
import { FIRST_COMPARISON } from '../run/comparison-presets'
import { withoutLane } from '../run/lanes'
import type { Event } from '../worker/protocol'
import type { RaceEvent } from '../worker/race-protocol'
import { createBench } from './bench'
import { KeptRuns } from './kept-runs'
import { createRace } from './race'
import { RaceRecorder } from './race-recorder'

const VERSIONS = { app: '1', commit: 'abc', browser: 'Browser 1' }
const PAIR = { ...withoutLane(FIRST_COMPARISON, 2), seeds: 2 }

/** A page over a database that outlives it, as a browser's does. */
async function openPage(now = () => 0) {
  const client = new ScriptedClient()
  const bench = createBench(client)
  const race = createRace(client, bench.store)
  const browser = { openDatabase: () => RunDatabase.open(), openCheckpoints: async () => undefined }
  const runs = new KeptRuns({ ...browser, manager: undefined }, now)
  const recorder = new RaceRecorder(bench, race, runs, VERSIONS, now)
  client.subscribe((event) => {
    if (event.type === 'kept') expect(recorder.takeCheckpoint(event)).toBe(true)
    else recorder.receive(event)
  })
  await runs.load()
  const found = () => Object.fromEntries(runs.store.getState().runs!.map((run) => [run.id, run]))
  const say = (...events: Event[]) => {
    for (const event of events) client.say(event)
  }
  return { say, race, runs, recorder, found }
}

const columns = (first: number, count: number) => ({
  loss: Float32Array.from({ length: count }, (_, i) => first + i + 0.5),
  correct: new Uint32Array(count),
  learningRate: new Float64Array(count).fill(0.1),
  seconds: Float64Array.from({ length: count }, (_, i) => first + i + 1),
})
/** Steps of lane 0 or 1 of the page's first or second race, with its first seed. */
const steps = (race: number, lane: number, first: number, count: number): RaceEvent => ({
  ...{ type: 'race-steps', race, lane, seedIndex: 0 },
  steps: { first, ...columns(first, count) },
})
const phase = (race: number, phase: 'paused' | 'training'): RaceEvent => ({
  ...{ type: 'race-phase', race, phase: { phase, seedIndex: 0 } },
})

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory()
})

test('each lane is written down as a run of its own, and stands as the lane does', async () => {
  const { say, race, runs, recorder, found } = await openPage()
  race.edit(() => PAIR)
  race.prepare()
  const { key } = race.store.getState().active!
  const [first, second] = [laneRunId(key, 0, 0), laneRunId(key, 1, 0)]
  say(phase(1, 'training'), steps(1, 0, 0, 2), steps(1, 1, 0, 1))
  const message = 'The loss is not a number.'
  const place = { race: 1, lane: 1, seedIndex: 0 }
  say({ type: 'race-lane', ...place, state: { state: 'diverged', step: 0, message } })
  const checkpoint = { step: 2, bytes: 7, savedAt: 8 }
  say({ type: 'kept', key: first, checkpoint })
  await recorder.writeDown()
  expect(Object.keys(found()).sort()).toEqual([first, second].sort())
  expect(found()[first]).toMatchObject({
    ...{ run: laneRun(PAIR, 0, 0), steps: 2, status: { state: 'training' }, checkpoint },
    group: { id: key, comparison: PAIR, lane: 0, seedIndex: 0 },
  })
  expect(found()[second]).toMatchObject({ steps: 1, status: { state: 'failed', message } })
  expect(await runs.steps(first)).toEqual(columns(0, 2))

  say(phase(1, 'paused'), { ...place, lane: 0, type: 'race-weights', weights: WEIGHTS })
  await recorder.writeDown()
  expect(found()[first]).toMatchObject({ status: { state: 'paused' }, weights: WEIGHTS })
  expect(found()[second]!.status).toEqual({ state: 'failed', message })
  expect(runs.store.getState().offer).toBeUndefined()
})

const WEIGHTS = { step: 2, sha256: 'ab' }

test('a kept race goes on in the records of its lanes; what was after its checkpoint gives way', async () => {
  const before = await openPage()
  before.race.edit(() => PAIR)
  before.race.prepare()
  const { key } = before.race.store.getState().active!
  before.say(steps(1, 0, 0, 30), steps(1, 1, 0, 30))
  await before.recorder.writeDown()

  const { say, race, runs, recorder, found } = await openPage()
  expect(runs.store.getState().offer).toBeUndefined()
  race.resumeLast()
  say({ type: 'race-restored', race: 1, key, comparison: PAIR })
  say(steps(1, 0, 0, 10), steps(1, 1, 0, 10))
  const evaluation = { step: 10, loss: 1, accuracy: 0.5, images: 10 }
  say({ type: 'race-evaluation', race: 1, lane: 0, seedIndex: 0, evaluation })
  say(phase(1, 'paused'))
  await recorder.writeDown()
  const id = laneRunId(key, 0, 0)
  expect(found()[id]).toMatchObject({ steps: 30, evaluations: [] })
  say(steps(1, 0, 10, 1))
  await recorder.writeDown()
  expect(found()[id]).toMatchObject({ steps: 11, evaluations: [evaluation] })
  expect(found()[laneRunId(key, 1, 0)]).toMatchObject({ steps: 30 })
  expect(await runs.steps(id)).toEqual(columns(0, 11))
})

test('a reset begins records of their own, and leaves those before as they were', async () => {
  const { say, race, recorder, found } = await openPage()
  race.edit(() => PAIR)
  race.prepare()
  say(phase(1, 'training'), steps(1, 0, 0, 2))
  race.reset()
  say(steps(1, 0, 2, 5), steps(2, 0, 0, 1))
  await recorder.writeDown()
  const all = Object.values(found())
  expect(all.map(({ steps, status }) => [steps, status.state]).sort()).toEqual([
    [1, 'training'],
    [2, 'paused'],
  ])
})
