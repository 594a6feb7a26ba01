import { expect, test } from 'vitest'
import { philox } from './philox'

const hex = (words: readonly number[]) =>
  words.map((w) => w.toString(16).padStart(8, '0')).join(' ')

/** From the known answers of the Random123 distribution, for philox4x32 with 10 rounds. */
test('philox gives the published words', () => {
  const ones = 0xffff_ffff
  expect(hex(philox([0, 0], 0, 0, 0, 0))).toBe('6627e8d5 e169c58d bc57ac4c 9b00dbd8')
  expect(hex(philox([ones, ones], ones, ones, ones, ones))).toBe(
    '408f276d 41c83b0e a20bc7c6 6d5451fd',
  )
  const pi = philox([0xa4093822, 0x299f31d0], 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344)
  expect(hex(pi)).toBe('d16cfe09 94fdcceb 5001e420 24126ea1')
})

test('a counter over 2³² counts on its lower 32 bits', () => {
  expect(philox([1, 2], 2 ** 32 + 7, 1)).toEqual(philox([1, 2], 7, 1))
})
