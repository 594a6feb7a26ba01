import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { FIRST_RUN } from '../run/presets'
import { FakeClient } from '../worker/fake'
import type { Command, Event } from '../worker/protocol'
import { createBench } from './bench'
import { createRunMeter, faultOf } from './meter'
import { createRace } from './race'
import { createRaceMeter } from './race-meter'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

function memory(): Storage {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  } as unknown as Storage
}

/** The stores on the fake worker, and what the page said of the meter. */
function page(storage = memory()) {
  const client = new FakeClient({ state: 'ready', name: 'Fake', software: false, f16: true })
  const said: Command[] = []
  const post = client.post.bind(client)
  vi.spyOn(client, 'post').mockImplementation((command) => {
    if (command.type.includes('meter')) said.push(command)
    post(command)
  })
  const bench = createBench(client, storage)
  const race = createRace(client, bench.store, storage)
  const meter = createRunMeter(client, bench.store, storage)
  const raceMeter = createRaceMeter(client, race.store)
  return { storage, client, said, bench, race, meter, raceMeter }
}

/** An event that the fake itself never tells. */
function hear(client: FakeClient, event: Event) {
  const listeners = Reflect.get(client, 'listeners') as Set<(event: Event) => void>
  for (const listener of listeners) listener(event)
}

test('the meter is off until asked for', () => {
  const { bench, meter, said } = page()
  bench.train()
  vi.advanceTimersByTime(5000)
  expect(said).toEqual([])
  expect(meter.history.total).toBe(0)
  expect(meter.store.getState()).toEqual({ every: null, status: [{ state: 'off' }], asked: false })
})

test('readings come at the steps that were asked for, and the status with them', () => {
  const { bench, meter } = page()
  meter.setEvery(10)
  bench.train()
  vi.advanceTimersByTime(4000)
  const steps = meter.history.readings.map(({ step }) => step)
  expect(steps.slice(0, 4)).toEqual([0, 10, 20, 30])
  expect(meter.store.getState().status).toMatchObject([{ state: 'on', every: 10 }])
})

test('one reading can be had without training', () => {
  const { meter } = page()
  meter.read()
  vi.advanceTimersByTime(3000)
  expect(meter.history.readings).toHaveLength(1)
  expect(meter.store.getState().asked).toBe(false)
})

test('a meter that cannot be made says why, and waits for no reading', () => {
  const { client, meter, bench } = page()
  meter.read()
  const { id } = bench.store.getState().active
  const fault = { message: 'It needs 3 GB more.', remedy: 'Take a smaller batch.' }
  hear(client, { type: 'meter-status', id, status: { state: 'failed', ...fault } })
  expect(faultOf(meter.store.getState())).toMatchObject(fault)
  expect(meter.store.getState().asked).toBe(false)
})

test('a reset drops the readings and tells the next run to be metered as well', () => {
  const { bench, meter, said } = page()
  meter.setEvery(50)
  bench.train()
  vi.advanceTimersByTime(4000)
  expect(meter.history.total).toBeGreaterThan(0)
  bench.reset()
  expect(meter.history.total).toBe(0)
  const { id } = bench.store.getState().active
  expect(said.at(-1)).toEqual({ type: 'meter', id, every: 50 })
  bench.train()
  vi.advanceTimersByTime(4000)
  expect(meter.history.readings[0]!.step).toBe(0)
})

test('a resumed run starts without readings and is metered from where it stands', () => {
  const { bench, meter } = page()
  meter.setEvery(10)
  bench.train()
  vi.advanceTimersByTime(3000)
  bench.resume({ id: 'kept', name: 'Kept' })
  expect(meter.history.total).toBe(0)
  bench.train()
  vi.advanceTimersByTime(3000)
  expect(meter.history.readings[0]!.step).toBe(1200)
})

test('the choice lasts until the next visit, and a damaged one is off', () => {
  const { storage, meter } = page()
  meter.setEvery(100)
  expect(page(storage).meter.store.getState().every).toBe(100)
  storage.setItem('residual-playground.meter.1', '{"every":-3}')
  expect(page(storage).meter.store.getState().every).toBe(null)
})

test("readings of a run that was left do not come among the next one's", () => {
  const { client, bench, meter } = page()
  meter.read()
  vi.advanceTimersByTime(3000)
  const reading = meter.history.last!
  bench.reset()
  hear(client, { type: 'meter', id: bench.store.getState().active.id - 1, reading })
  expect(meter.history.total).toBe(0)
})

test("a race's meter is off, and keeps the readings of each lane and seed apart", () => {
  const { race, raceMeter, said } = page()
  race.edit((comparison) => ({
    ...comparison,
    lanes: comparison.lanes.slice(0, 2),
    seeds: 2,
    train: { ...comparison.train, steps: 20 },
  }))
  race.prepare()
  expect(raceMeter.store.getState()).toMatchObject({
    every: null,
    status: [{ state: 'off' }, { state: 'off' }],
  })
  raceMeter.setEvery(10)
  race.train()
  vi.advanceTimersByTime(30_000)
  const { histories } = raceMeter.store.getState()
  const steps = histories.map((seeds) =>
    seeds.map(({ readings }) => readings.map(({ step }) => step)),
  )
  expect(steps).toEqual(Array(2).fill(Array(2).fill([0, 10])))
  race.reset()
  expect(
    raceMeter.store
      .getState()
      .histories.flat()
      .map(({ total }) => total),
  ).toEqual([0, 0, 0, 0])
  const number = race.store.getState().active!.race
  expect(said.at(-1)).toEqual({ type: 'race-meter', race: number, every: 10 })
})

test('the first run of the page is metered where the last visit chose so', () => {
  const storage = memory()
  storage.setItem('residual-playground.meter.1', '{"every":10}')
  const { bench, meter, said } = page(storage)
  expect(said).toEqual([{ type: 'meter', id: 1, every: 10 }])
  bench.edit(() => FIRST_RUN)
  bench.train()
  vi.advanceTimersByTime(4000)
  expect(meter.history.total).toBeGreaterThan(1)
})
