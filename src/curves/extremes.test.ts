import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Column } from './column'
import { extremes } from './extremes'

const value = fc.oneof(fc.integer({ min: -9, max: 9 }), fc.constant(Number.NaN))

/** The extremes of a stretch, by looking at every value. */
function plain(y: Float64Array, start: number, end: number): number[] {
  const known = [...y.subarray(start, end)].filter((value) => !Number.isNaN(value))
  return known.length > 0 ? [Math.min(...known), Math.max(...known)] : [Number.NaN, Number.NaN]
}

test('the extremes of every stretch of a growing column are those of its values', () => {
  const pieces = fc.array(fc.array(value, { maxLength: 300 }), { minLength: 1, maxLength: 5 })
  const cuts = fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(pieces, cuts, (pieces, cuts) => {
      const column = new Column()
      for (const piece of pieces) {
        column.push(piece)
        const y = column.view
        if (y.length === 0) continue
        for (const [a, b] of cuts) {
          const start = a % y.length
          const end = start + 1 + (b % (y.length - start))
          const [low, high] = extremes(y, start, end)
          expect([y[low], y[high]]).toEqual(plain(y, start, end))
          expect(Math.min(low, high)).toBeGreaterThanOrEqual(start)
          expect(Math.max(low, high)).toBeLessThan(end)
        }
      }
    }),
  )
})
