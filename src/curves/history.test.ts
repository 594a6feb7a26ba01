import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { historyOf } from '../../test/synthetic-run'
import { MetricsHistory } from './history'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const one = (loss: number) => ({
  first: 0,
  loss: Float32Array.of(loss),
  correct: Uint32Array.of(1),
  learningRate: Float64Array.of(0.1),
  seconds: Float64Array.of(1),
})

test('listeners are told at most ten times a second', () => {
  const history = new MetricsHistory()
  const told = vi.fn()
  history.subscribe(told)
  for (let i = 0; i < 50; i++) {
    history.append(one(1))
    vi.advanceTimersByTime(20)
  }
  expect(told.mock.calls.length).toBeGreaterThan(5)
  expect(told.mock.calls.length).toBeLessThanOrEqual(10)
})

test('an average goes on as the series grows, as if it had been there whole', () => {
  const losses = Array.from({ length: 3000 }, (_, i) => Math.fround(Math.sin(i) + 2))
  const grown = new MetricsHistory()
  for (const loss of losses) {
    grown.append(one(loss))
    grown.smoothed('loss', 0.9)
  }
  const whole = historyOf(3000, (step) => losses[step - 1]!)
  expect(grown.smoothed('loss', 0.9)).toEqual(whole.smoothed('loss', 0.9))
  expect(grown.smoothed('loss', 0)).toEqual(Float64Array.from(losses))
  expect(grown.smoothed('loss', 0.5)).not.toEqual(whole.smoothed('loss', 0.9))
})

test('an average of equal values is that value from the first step on', () => {
  const history = historyOf(50, () => 2)
  for (const value of history.smoothed('loss', 0.99)) expect(value).toBeCloseTo(2, 10)
})

test('changes before the same step are one mark, and a cleared history has none', () => {
  const history = new MetricsHistory()
  history.addMark({ step: 4, learningRate: 0.1 })
  history.addMark({ step: 4, momentum: 0.5 })
  history.addMark({ step: 9, learningRate: 0.01 })
  expect(history.marks).toEqual([
    { step: 4, learningRate: 0.1, momentum: 0.5 },
    { step: 9, learningRate: 0.01 },
  ])
  history.clear()
  expect([history.marks, history.steps]).toEqual([[], 0])
})
