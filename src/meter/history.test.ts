import { expect, test, vi } from 'vitest'
import { FIRST_RUN } from '../run/presets'
import { fakeReading } from '../worker/fake-meter'
import { ReadingHistory } from './history'

const reading = (step: number) => fakeReading({ run: FIRST_RUN, stepMs: 10 }, step)

test('all readings are kept up to the limit, in their order', () => {
  const history = new ReadingHistory(4)
  for (const step of [0, 10, 20, 30]) history.add(reading(step))
  expect(history.readings.map(({ step }) => step)).toEqual([0, 10, 20, 30])
  expect(history.last?.step).toBe(30)
})

test('beyond the limit what is kept is spread evenly, and the last reading is always there', () => {
  const history = new ReadingHistory(8)
  for (let step = 0; step < 101; step++) history.add(reading(step))
  const steps = history.readings.map(({ step }) => step)
  expect(steps).toEqual([0, 16, 32, 48, 64, 80, 96, 100])
  expect(history.total).toBe(101)
})

test('a step that is read again takes the place of what came from it on', () => {
  const history = new ReadingHistory(4)
  for (const step of [0, 10, 20, 30, 20]) history.add(reading(step))
  expect(history.readings.map(({ step }) => step)).toEqual([0, 10, 20])
  expect([history.total, history.last?.step]).toEqual([3, 20])
})

test('listeners are told of many readings at once', () => {
  vi.useFakeTimers()
  const history = new ReadingHistory()
  const listener = vi.fn()
  const end = history.subscribe(listener)
  for (let step = 0; step < 20; step++) history.add(reading(step))
  expect(listener).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1000)
  expect(listener).toHaveBeenCalledTimes(1)
  expect(history.version).toBe(1)
  end()
  history.clear()
  vi.advanceTimersByTime(1000)
  expect(listener).toHaveBeenCalledTimes(1)
  expect(history.readings).toEqual([])
  vi.useRealTimers()
})
