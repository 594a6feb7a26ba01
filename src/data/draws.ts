import { type Key, philox, type Words } from '../random/philox'
import { unit } from '../random/seeded'

/** Uniform draws one after another, all decided by a key and an index. */
export class Draws {
  private words: Words = [0, 0, 0, 0]
  private drawn = 0

  constructor(
    private readonly key: Key,
    private readonly index: number,
  ) {}

  /** A number in [0, 1). */
  next(): number {
    const place = this.drawn % 4
    if (place === 0) this.words = philox(this.key, this.drawn / 4, this.index)
    this.drawn++
    return unit(this.words[place]!)
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.next()
  }

  /**
   * A unit vector in any direction. Drawn without sine and cosine, which engines round
   * differently, so that it is the same everywhere.
   */
  direction(): readonly [number, number] {
    for (;;) {
      const x = this.between(-1, 1)
      const y = this.between(-1, 1)
      const square = x * x + y * y
      if (square > 1 || square < 0.01) continue
      const length = Math.sqrt(square)
      return [x / length, y / length]
    }
  }
}
