import { expect, test } from 'vitest'
import { learningRateAt } from './schedule'

test("the paper's schedule warms up, then falls at the milestones", () => {
  const schedule = {
    kind: 'step' as const,
    rate: 0.1,
    milestones: [32_000, 48_000],
    factor: 0.1,
    warmup: { steps: 400, rate: 0.01 },
  }
  const rates = [0, 399, 400, 31_999, 32_000, 48_000].map((step) =>
    learningRateAt(schedule, step, 64_000),
  )
  const expected = [0.01, 0.01, 0.1, 0.1, 0.01, 0.001]
  for (const [i, rate] of rates.entries()) expect(rate).toBeCloseTo(expected[i]!, 12)
})

test('cosine falls from the rate to nearly 0, and is half of it in the middle', () => {
  const schedule = { kind: 'cosine' as const, rate: 0.2 }
  expect(learningRateAt(schedule, 0, 100)).toBe(0.2)
  expect(learningRateAt(schedule, 50, 100)).toBeCloseTo(0.1, 12)
  expect(learningRateAt(schedule, 99, 100)).toBeLessThan(0.001)
})

test('one cycle rises in a line to its peak, then falls', () => {
  const schedule = { kind: 'one-cycle' as const, peak: 1, warmupFraction: 0.2 }
  const rates = Array.from({ length: 100 }, (_, step) => learningRateAt(schedule, step, 100))
  expect(rates[0]).toBeCloseTo(0.05, 12)
  expect(Math.max(...rates)).toBe(1)
  expect(rates.indexOf(1)).toBe(19)
  expect(rates.slice(20).every((rate, i, all) => i === 0 || rate < all[i - 1]!)).toBe(true)
})
