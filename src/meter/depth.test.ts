import { expect, test } from 'vitest'
import { depthAxis, nearest } from './depth'

const net = (...counts: number[]) =>
  counts.flatMap((count, stage) => Array.from({ length: count }, () => ({ stage })))

test("one net's units stand evenly, whatever their stage", () => {
  const units = net(1, 3)
  const axis = depthAxis([units])
  expect(axis.stages).toEqual([
    { from: 0, to: 0.25 },
    { from: 0.25, to: 1 },
  ])
  expect(axis.places(units)).toEqual([0.125, 0.375, 0.625, 0.875])
})

test('nets of other depths meet at the ends of their stages', () => {
  const [shallow, deep] = [net(1, 1), net(4, 2)]
  const axis = depthAxis([shallow, deep])
  expect(axis.stages[0]!.to).toBeCloseTo(4 / 6, 12)
  const [first, second] = axis.places(shallow)
  expect(first).toBeCloseTo(2 / 6, 12)
  expect(second).toBeCloseTo(5 / 6, 12)
  expect(axis.places(deep)).toHaveLength(6)
})

test('the unit nearest to a place is found', () => {
  expect(nearest([0.1, 0.5, 0.9], 0.72)).toBe(2)
  expect(nearest([0.1, 0.5, 0.9], 0)).toBe(0)
})
