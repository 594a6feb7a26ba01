/**
 * Philox4x32-10, the counter-based generator of Salmon et al., *Parallel Random Numbers: As Easy
 * as 1, 2, 3* (2011): the same key and counter give the same four words on any machine, in any
 * order of calls, so nothing but (seed, purpose, position) decides a draw.
 */
const MULTIPLIER_0 = 0xd2511f53
const MULTIPLIER_1 = 0xcd9e8d57
const WEYL_0 = 0x9e3779b9
const WEYL_1 = 0xbb67ae85
const ROUNDS = 10

export type Key = readonly [number, number]
export type Words = [number, number, number, number]

/** High 32 bits of the 64-bit product of two unsigned 32-bit integers. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff
  const aHigh = a >>> 16
  const bLow = b & 0xffff
  const bHigh = b >>> 16
  const carry = aHigh * bLow + ((aLow * bLow) >>> 16)
  const middle = (carry & 0xffff) + aLow * bHigh
  return (aHigh * bHigh + Math.floor(carry / 65536) + Math.floor(middle / 65536)) >>> 0
}

/** Four uniform unsigned 32-bit words for a 64-bit key and a 128-bit counter. */
export function philox(key: Key, c0: number, c1 = 0, c2 = 0, c3 = 0): Words {
  let [k0, k1] = key
  let x0 = c0 >>> 0
  let x1 = c1 >>> 0
  let x2 = c2 >>> 0
  let x3 = c3 >>> 0
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = multiplyHigh(MULTIPLIER_0, x0)
    const low0 = Math.imul(MULTIPLIER_0, x0) >>> 0
    const high1 = multiplyHigh(MULTIPLIER_1, x2)
    const low1 = Math.imul(MULTIPLIER_1, x2) >>> 0
    x0 = (high1 ^ x1 ^ k0) >>> 0
    x1 = low1
    x2 = (high0 ^ x3 ^ k1) >>> 0
    x3 = low0
    k0 = (k0 + WEYL_0) >>> 0
    k1 = (k1 + WEYL_1) >>> 0
  }
  return [x0, x1, x2, x3]
}
