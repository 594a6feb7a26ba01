/** A list of numbers that only grows, without copying at every append. */
export class Column {
  private values = new Float64Array(1024)
  length = 0

  push(added: ArrayLike<number>): void {
    const needed = this.length + added.length
    if (needed > this.values.length) {
      const grown = new Float64Array(Math.max(needed, this.values.length * 2))
      grown.set(this.values.subarray(0, this.length))
      this.values = grown
    }
    this.values.set(added, this.length)
    this.length = needed
  }

  get view(): Float64Array {
    return this.values.subarray(0, this.length)
  }
}
