import { type Key, philox } from '../random/philox'
import type { Draws } from './draws'

const TABLE_SIZE = 1 << 15

/** Of the sum of four independent uniform bytes. */
const MEAN = 4 * 127.5
const DEVIATION = Math.sqrt((4 * (256 ** 2 - 1)) / 12)

const sumOfBytes = (word: number) =>
  (word & 255) + ((word >>> 8) & 255) + ((word >>> 16) & 255) + (word >>> 24)

/** Nearly normal noise, from a table that is drawn once: a draw a pixel would take most of the time. */
export class Noise {
  private readonly table = new Float32Array(TABLE_SIZE)

  constructor(key: Key) {
    for (let i = 0; i < TABLE_SIZE; i += 4) {
      for (const [j, word] of philox(key, i / 4).entries()) {
        this.table[i + j] = (sumOfBytes(word) - MEAN) / DEVIATION
      }
    }
  }

  /** Adds the stretch of noise that `draws` picks, with the given standard deviation. */
  addTo(values: Float32Array, draws: Draws, deviation: number): void {
    const start = Math.floor(draws.between(0, TABLE_SIZE - values.length + 1))
    for (let i = 0; i < values.length; i++) {
      values[i]! += deviation * this.table[start + i]!
    }
  }
}
