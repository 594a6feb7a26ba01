import { expect, test } from 'vitest'
import { ticksOver, wholeTicksUpTo } from './ticks'

test('an axis of values ends at the first round value over the highest', () => {
  expect(ticksOver(2.37, 5)).toEqual([0, 0.5, 1, 1.5, 2, 2.5])
  expect(ticksOver(0.3, 5)).toEqual([0, 0.1, 0.2, 0.3])
  expect(ticksOver(31, 5)).toEqual([0, 10, 20, 30, 40])
})

test('an axis of steps has whole numbers within the run', () => {
  expect(wholeTicksUpTo(600, 6)).toEqual([0, 100, 200, 300, 400, 500, 600])
  expect(wholeTicksUpTo(230, 6)).toEqual([0, 50, 100, 150, 200])
  expect(wholeTicksUpTo(3, 6)).toEqual([0, 1, 2, 3])
})
