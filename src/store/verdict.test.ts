import { expect, test } from 'vitest'
import { oneTimeIn, verdict } from './verdict'

test('with one seed there is a difference and nothing to hold it against', () => {
  expect(verdict([0.75], [0.5])).toEqual({ kind: 'one-seed', difference: 0.25 })
  expect(verdict([0.75, undefined], [0.5, 0.5])).toMatchObject({ kind: 'one-seed' })
})

test('a difference is held against the larger spread of the two lanes', () => {
  const base = [0.5, 0.5625, 0.53125]
  expect(verdict([0.75, 0.6875, 0.71875], base)).toEqual({
    ...{ kind: 'exceeds', difference: 0.1875, spread: 0.0625, seeds: 3, better: 3, worse: 0 },
  })
  expect(verdict([0.5, 0.75, 0.625], base)).toMatchObject({ kind: 'within', spread: 0.25 })
  expect(verdict([0.5, 0.75, 0.625], base)).toMatchObject({ better: 2, worse: 0 })
  expect(verdict([0.25, 0.3125], [0.5, 0.5])).toMatchObject({ kind: 'exceeds', worse: 2 })
})

test('a difference as large as the spread does not exceed it', () => {
  expect(verdict([0.5, 0.625], [0.375, 0.5])).toMatchObject({ kind: 'within', difference: 0.125 })
  expect(verdict([0.5, 0.5], [0.5, 0.5])).toMatchObject({ kind: 'within', spread: 0, worse: 0 })
})

test('seeds with which a lane has not ended, or diverged, do not count', () => {
  expect(verdict([], [0.5])).toEqual({ kind: 'none' })
  expect(verdict([undefined, 0.5], [0.5, undefined])).toEqual({ kind: 'none' })
  expect(verdict([0.5, undefined, 0.5], [0.25, 0.9, 0.25])).toMatchObject({ seeds: 2, better: 2 })
})

test('that one of two equal lanes wins every seed is counted out', () => {
  for (const seeds of [2, 3, 5]) {
    const outcomes = Array.from({ length: 2 ** seeds }, (_, bits) =>
      Array.from({ length: seeds }, (_, seed) => (bits >> seed) & 1),
    )
    const swept = outcomes.filter((wins) => new Set(wins).size === 1)
    expect(oneTimeIn(seeds)).toBe(outcomes.length / swept.length)
  }
})
