import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cutEvenly, Pieces } from './pieces'

test('launches are cut where their costs reach even shares', () => {
  expect(cutEvenly([1, 1, 1, 1], 1)).toEqual([4])
  expect(cutEvenly([1, 1, 1, 1], 2)).toEqual([2, 4])
  expect(cutEvenly([1, 1, 1, 1, 6, 1, 1], 3)).toEqual([4, 5, 7])
  expect(cutEvenly([9, 1, 1, 1], 3)).toEqual([1, 4])
  expect(cutEvenly([1, 1], 5)).toEqual([1, 2])
})

test('every launch is in one piece, in order, and no piece has more than its share and a launch', () => {
  const costs = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 80 })
  fc.assert(
    fc.property(costs, fc.integer({ min: 1, max: 32 }), (costs, count) => {
      const ends = cutEvenly(costs, count)
      expect(ends.at(-1)).toBe(costs.length)
      expect(ends.length).toBeLessThanOrEqual(count + 1)
      const share = costs.reduce((a, b) => a + b, 0) / count
      for (const [i, end] of ends.entries()) {
        const first = ends[i - 1] ?? 0
        expect(end).toBeGreaterThan(first)
        const piece = costs.slice(first, end).reduce((a, b) => a + b, 0)
        expect(piece).toBeLessThanOrEqual(share + Math.max(...costs) + 1e-6)
      }
    }),
  )
})

test('a step goes as one while it is quick, and in pieces of two frames when it is not', () => {
  const pieces = new Pieces(Array(100).fill(1))
  expect(pieces.ends).toEqual([100])
  pieces.took(0, 12)
  expect(pieces.ends).toHaveLength(1)
  pieces.took(12, 112)
  expect(pieces.ends).toHaveLength(4)
  // It was submitted while the one before was under way: only the time after that is its own.
  pieces.took(20, 132)
  expect(pieces.ends).toHaveLength(1)
  pieces.took(132, 60_000)
  expect(pieces.ends).toHaveLength(32)
})
