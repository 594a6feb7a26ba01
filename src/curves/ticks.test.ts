import { expect, test } from 'vitest'
import { logTicksWithin, ticksOver, ticksWithin } from './ticks'

test('an axis of values ends at the first round values around them', () => {
  expect(ticksOver(0, 2.37, 5)).toEqual([0, 0.5, 1, 1.5, 2, 2.5])
  expect(ticksOver(0, 0.3, 5)).toEqual([0, 0.1, 0.2, 0.3])
  expect(ticksOver(0, 31, 5)).toEqual([0, 10, 20, 30, 40])
  expect(ticksOver(-0.07, 0.12, 5)).toEqual([-0.1, -0.05, 0, 0.05, 0.1, 0.15])
  expect(ticksOver(3, 3, 4)).toEqual([3, 4])
})

test('an axis of steps has whole numbers within the run', () => {
  expect(ticksWithin(0, 600, 6, true)).toEqual([0, 100, 200, 300, 400, 500, 600])
  expect(ticksWithin(0, 230, 6, true)).toEqual([0, 50, 100, 150, 200])
  expect(ticksWithin(0, 3, 6, true)).toEqual([0, 1, 2, 3])
  expect(ticksWithin(1230, 1410, 4, true)).toEqual([1250, 1300, 1350, 1400])
  expect(ticksWithin(0, 0.3, 3)).toEqual([0, 0.1, 0.2, 0.3])
})

test('a logarithmic axis has powers of ten, and 2 and 5 times these where they are few', () => {
  expect(logTicksWithin(1, 100_000, 6)).toEqual([1, 10, 100, 1000, 10_000, 100_000])
  expect(logTicksWithin(0.15, 4, 5)).toEqual([0.2, 0.5, 1, 2])
  expect(logTicksWithin(2.28, 2.47, 4)).toEqual([2.3, 2.35, 2.4, 2.45])
  expect(logTicksWithin(1e-6, 1e6, 5)).toEqual([1e-6, 0.001, 1, 1000, 1e6])
})
