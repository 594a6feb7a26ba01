import { expect, test } from 'vitest'
import { MetricsHistory } from '../curves/history'
import { bestAccuracies, finalAccuracies, lastAccuracies, overSeeds } from './outcomes'

function history(...accuracies: number[]): MetricsHistory {
  const made = new MetricsHistory()
  for (const [i, accuracy] of accuracies.entries()) {
    made.addEvaluation({ step: 10 * (i + 1), loss: 1, accuracy, images: 100 })
  }
  return made
}

const seeds = [history(0.2, 0.5, 0.4), history(0.3), history()]

test('last, best and final accuracy of each seed', () => {
  expect(lastAccuracies(seeds)).toEqual([0.4, 0.3, undefined])
  expect(bestAccuracies(seeds)).toEqual([0.5, 0.3, undefined])
  const states = [
    { state: 'finished', step: 30 },
    { state: 'diverged', step: 12, message: '' },
    { state: 'waiting' },
  ] as const
  expect(finalAccuracies(states, seeds)).toEqual([0.4, undefined, undefined])
})

test('over seeds: the median, the range, and of how many', () => {
  expect(overSeeds([0.5, undefined, 0.25])).toEqual({
    median: 0.375,
    low: 0.25,
    high: 0.5,
    seeds: 2,
  })
  expect(overSeeds([undefined])).toBeUndefined()
})
