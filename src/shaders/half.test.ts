import { expect, test } from 'vitest'
import { fromHalf, toHalf } from './half'

const finite = Array.from({ length: 0x7c00 }, (_, bits) => bits)

test('every half-precision number comes back as the same bits', () => {
  const all = [...finite, ...finite.map((bits) => bits | 0x8000)]
  expect(all.map((bits) => toHalf(fromHalf(bits)))).toEqual(all)
})

test('what lies between two numbers goes to the nearer one, halfway to the even one', () => {
  const wrong = finite.slice(1).filter((bits) => {
    const [low, high] = [fromHalf(bits - 1), fromHalf(bits)]
    const [middle, little] = [(low + high) / 2, (high - low) / 64]
    const even = bits % 2 === 0 ? bits : bits - 1
    const found = [middle - little, middle, middle + little].map(toHalf)
    return !(low < high) || String(found) !== String([bits - 1, even, bits])
  })
  expect(wrong).toEqual([])
})

test('known numbers have the bits that IEEE 754 gives them', () => {
  const known = [
    [0, 0],
    [1, 0x3c00],
    [-2, 0xc000],
    [65_504, 0x7bff],
    [2 ** -24, 1],
    [2 ** -14, 0x0400],
    [1 / 3, 0x3555],
  ] as const
  for (const [value, bits] of known) expect(toHalf(value)).toBe(bits)
})

test('numbers past the largest become infinite, and what is no number stays none', () => {
  expect(toHalf(65_519.9)).toBe(0x7bff)
  expect(toHalf(65_520)).toBe(0x7c00)
  expect(toHalf(-1e9)).toBe(0xfc00)
  expect(fromHalf(0xfc00)).toBe(Number.NEGATIVE_INFINITY)
  expect(fromHalf(toHalf(Number.NaN))).toBeNaN()
})
