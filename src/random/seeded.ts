import { type Key, philox, type Words } from './philox'

/** FNV-1a over UTF-16 code units: a purpose or a parameter's name as a 32-bit word. */
function hashName(name: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < name.length; i++) {
    hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193) >>> 0
  }
  return hash
}

/** The key of all draws for one purpose (or parameter name) under one seed. */
export function keyFor(seed: number, purpose: string): Key {
  return [seed >>> 0, hashName(purpose)]
}

/** An unsigned word as a number in [0, 1), with all of its 32 bits. */
export function unit(word: number): number {
  return word / 0x1_0000_0000
}

/** A word as an integer in [0, n); the bias is under n / 2³². */
export function below(word: number, n: number): number {
  return Math.floor(unit(word) * n)
}

/** `count` draws from a normal distribution (Box–Muller on Philox words), rounded to float32. */
export function normals(key: Key, count: number, standardDeviation: number): Float32Array {
  const out = new Float32Array(count)
  for (let i = 0; i < count; i += 4) {
    const words = philox(key, i / 4)
    const [a, b] = boxMuller(words[0], words[1])
    const [c, d] = boxMuller(words[2], words[3])
    for (const [j, z] of [a, b, c, d].entries()) {
      if (i + j < count) out[i + j] = z * standardDeviation
    }
  }
  return out
}

function boxMuller(word0: number, word1: number): [number, number] {
  const radius = Math.sqrt(-2 * Math.log((word0 + 1) / 0x1_0000_0000))
  const angle = 2 * Math.PI * unit(word1)
  return [radius * Math.cos(angle), radius * Math.sin(angle)]
}

/** A permutation of 0 … n − 1 (Fisher–Yates), decided by the key and `epoch` alone. */
export function permutation(key: Key, epoch: number, n: number): Uint32Array {
  const order = Uint32Array.from({ length: n }, (_, i) => i)
  let words: Words = [0, 0, 0, 0]
  for (let i = n - 1; i > 0; i--) {
    const draw = n - 1 - i
    if (draw % 4 === 0) words = philox(key, draw / 4, epoch)
    const j = below(words[draw % 4]!, i + 1)
    const swapped = order[i]!
    order[i] = order[j]!
    order[j] = swapped
  }
  return order
}
