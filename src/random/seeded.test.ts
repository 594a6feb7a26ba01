import fc from 'fast-check'
import { expect, test } from 'vitest'
import { below, keyFor, normals, permutation, unit } from './seeded'

const words = fc.integer({ min: 0, max: 0xffff_ffff })
const seeds = words
const names = fc.string()

test('a unit draw is at least 0 and under 1', () => {
  expect([unit(0), unit(0xffff_ffff)]).toEqual([0, 1 - 2 ** -32])
})

test('a draw below n reaches 0 and n − 1 and never n', () => {
  fc.assert(
    fc.property(words, fc.integer({ min: 1, max: 0xffff_ffff }), (word, n) => {
      expect(below(word, n)).toBeLessThan(n)
      expect(below(0, n)).toBe(0)
      expect(below(0xffff_ffff, n)).toBe(n - 1)
    }),
  )
})

test('each seed and each purpose has a key of its own', () => {
  fc.assert(
    fc.property(seeds, seeds, names, names, (seed, other, name, otherName) => {
      fc.pre(seed !== other && name !== otherName)
      expect(keyFor(seed, name)).not.toEqual(keyFor(other, name))
      expect(keyFor(seed, name)).not.toEqual(keyFor(seed, otherName))
    }),
  )
})

test('a permutation holds every number once', () => {
  fc.assert(
    fc.property(seeds, fc.nat(1000), fc.integer({ min: 1, max: 300 }), (seed, epoch, n) => {
      const order = permutation(keyFor(seed, 'shuffle'), epoch, n)
      expect(order.toSorted()).toEqual(Uint32Array.from({ length: n }, (_, i) => i))
    }),
  )
})

test('a permutation is decided by its key and epoch', () => {
  const key = keyFor(1, 'shuffle')
  expect(permutation(key, 3, 50)).toEqual(permutation(key, 3, 50))
  expect(permutation(key, 3, 50)).not.toEqual(permutation(key, 4, 50))
  expect(permutation(key, 3, 50)).not.toEqual(permutation(keyFor(2, 'shuffle'), 3, 50))
})

test('every place of a permutation takes every number equally often', () => {
  const [n, epochs] = [5, 20_000]
  const counts = new Uint32Array(n * n)
  for (let epoch = 0; epoch < epochs; epoch++) {
    permutation([7, 7], epoch, n).forEach((number, place) => {
      counts[place * n + number]!++
    })
  }
  const expected = epochs / n
  const deviation = Math.sqrt(expected * (1 - 1 / n))
  for (const count of counts) expect(Math.abs(count - expected)).toBeLessThan(4 * deviation)
})

test('normal draws have the mean, deviation and tails of the normal distribution', () => {
  const count = 100_000
  const draws = normals(keyFor(1, 'weights'), count, 2)
  const mean = draws.reduce((sum, z) => sum + z, 0) / count
  const variance = draws.reduce((sum, z) => sum + (z - mean) ** 2, 0) / count
  const beyondTwoDeviations = draws.filter((z) => Math.abs(z) > 4).length / count
  expect(Math.abs(mean)).toBeLessThan(0.03)
  expect(Math.abs(Math.sqrt(variance) - 2)).toBeLessThan(0.02)
  expect(Math.abs(beyondTwoDeviations - 0.0455)).toBeLessThan(0.003)
})

test('fewer normal draws are the first of more', () => {
  expect(normals([1, 2], 7, 1)).toEqual(normals([1, 2], 12, 1).slice(0, 7))
})
