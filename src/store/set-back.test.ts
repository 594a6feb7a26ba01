import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'
import { beforeEach, expect, test } from 'vitest'
import { ScriptedClient } from '../../test/scripted-client'
import { RunDatabase } from '../archive/database'
import { laneRunId } from '../archive/record'
import { FIRST_COMPARISON } from '../run/comparison-presets'
import { withoutLane } from '../run/lanes'
import type { Event, SetBack } from '../worker/protocol'
import { createBench } from './bench'
import { KeptRuns } from './kept-runs'
import { createRace } from './race'
import { RaceRecorder } from './race-recorder'
import { Recorder } from './recorder'

const VERSIONS = { app: '1', commit: 'abc', browser: 'Browser 1' }
const REASON = 'The GPU was lost (driver reset).'
const setBack = (step: number, outcome: SetBack['outcome'] = 'continues') => ({
  ...{ reason: REASON, step, outcome },
})

/** `count` steps from `first` on, whose losses tell in which attempt they were made. */
const columns = (first: number, count: number, attempt = 0) => ({
  loss: Float32Array.from({ length: count }, (_, i) => first + i + attempt / 2),
  correct: new Uint32Array(count),
  learningRate: new Float64Array(count).fill(0.1),
  seconds: Float64Array.from({ length: count }, (_, i) => first + i + 1),
})

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory()
})

/** A page with all that hears of a set-back. */
async function openPage() {
  const client = new ScriptedClient()
  const bench = createBench(client)
  const race = createRace(client, bench.store)
  const browser = { openDatabase: () => RunDatabase.open(), openCheckpoints: async () => undefined }
  const runs = new KeptRuns({ ...browser, manager: undefined })
  const recorders = [
    new Recorder(bench, runs, VERSIONS),
    new RaceRecorder(bench, race, runs, VERSIONS),
  ] as const
  client.subscribe((event) => {
    for (const recorder of recorders) recorder.receive(event)
  })
  await runs.load()
  const say = (...events: Event[]) => events.forEach((event) => void client.say(event))
  const written = async (id: string) => {
    for (const recorder of recorders) await recorder.writeDown()
    return (await runs.steps(id)).loss
  }
  return { client, bench, race, say, written }
}

test('a run that is set back loses what came after its checkpoint, on the page and in its record', async () => {
  const { client, bench, say, written } = await openPage()
  const { id, key, run } = bench.store.getState().active
  bench.edit((run) => ({ ...run, seed: 9 }))
  const active = bench.store.getState().active
  expect([active.id, active.run.seed]).toEqual([id + 1, 9])
  const steps = (first: number, count: number, attempt = 0): Event => ({
    ...{ type: 'steps', id: active.id, steps: { first, ...columns(first, count, attempt) } },
  })
  const evaluation = { step: 2, loss: 1, accuracy: 0.5, images: 10 }
  say({ type: 'phase', id: active.id, phase: { phase: 'training', step: 0 } }, steps(0, 4))
  say({ type: 'evaluation', id: active.id, evaluation: { ...evaluation, step: 4 } }, steps(4, 1))
  expect(await written(active.key)).toHaveLength(5)

  const past = { steps: { first: 0, ...columns(0, 2) }, evaluations: [evaluation] }
  say({ type: 'set-back', id, setBack: setBack(2), ...past })
  expect(bench.history.steps).toBe(5)
  say({ type: 'set-back', id: active.id, setBack: setBack(2), ...past })
  expect(bench.store.getState()).toMatchObject({ active, setBack: setBack(2) })
  expect([...bench.history.loss]).toEqual([0, 1])
  expect(bench.history.evaluations).toEqual([evaluation])
  say(steps(2, 1, 1))
  expect([...(await written(active.key))]).toEqual([0, 1, 2.5])
  expect(await written(key)).toHaveLength(0)

  say({ type: 'set-back', id: active.id, setBack: setBack(2, 'repeated'), ...past })
  say({ type: 'phase', id: active.id, phase: { phase: 'paused', step: 2 } })
  client.commands.length = 0
  bench.trainSmaller()
  const train = { ...run.train, batchSize: run.train.batchSize / 2 }
  expect(client.commands).toMatchObject([{ type: 'configure', run: { train } }, { type: 'train' }])
  expect(bench.store.getState().setBack).toBeUndefined()
})

test('a race that is set back takes what its lanes had, on the page and in their records', async () => {
  const { client, race, say, written } = await openPage()
  race.edit(() => withoutLane(FIRST_COMPARISON, 2))
  race.prepare()
  const { key, comparison } = race.store.getState().active!
  const steps = (lane: number, first: number, count: number, attempt = 0): Event => ({
    ...{ type: 'race-steps', race: 1, lane, seedIndex: 0 },
    steps: { first, ...columns(first, count, attempt) },
  })
  const training: Event = {
    ...{ type: 'race-phase', race: 1, phase: { phase: 'training', seedIndex: 0 } },
  }
  say(training, steps(0, 0, 4), steps(1, 0, 4))
  expect(await written(laneRunId(key, 0, 0))).toHaveLength(4)
  say({ type: 'race-set-back', race: 1, setBack: setBack(3) }, steps(0, 0, 3), steps(1, 0, 2))
  const { histories, phase } = race.store.getState()
  expect(histories.map(([history]) => history!.steps)).toEqual([3, 2])
  expect(phase.phase).toBe('training')
  say(training, steps(0, 3, 1, 1), steps(1, 2, 1, 1))
  expect([...(await written(laneRunId(key, 0, 0)))]).toEqual([0, 1, 2, 3.5])
  expect([...(await written(laneRunId(key, 1, 0)))]).toEqual([0, 1, 2.5])

  say({ type: 'race-set-back', race: 1, setBack: setBack(0, 'repeated') })
  say({ type: 'race-phase', race: 1, phase: { phase: 'idle' } })
  client.commands.length = 0
  race.trainSmaller()
  const { batchSize } = comparison.train
  const smaller = { train: { batchSize: batchSize / 2 } }
  expect(client.commands.at(-2)).toMatchObject({ type: 'race-configure', comparison: smaller })
  expect(client.commands.at(-1)).toEqual({ type: 'race-train' })
  expect(race.store.getState().setBack).toBeUndefined()
})
