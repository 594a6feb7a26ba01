import { Column } from './column'

/** An exponential average of a growing series, corrected for its start. */
export class Smoother {
  private readonly out = new Column()
  private average = 0
  private mass = 0

  /** `weight` is that of the past, from 0 to below 1. */
  constructor(readonly weight: number) {}

  /** The averages of all of `values`, of which those known so far have not changed. */
  upTo(values: Float64Array): Float64Array {
    const { weight } = this
    const added = new Float64Array(values.length - this.out.length)
    for (let i = 0; i < added.length; i++) {
      this.average = weight * this.average + (1 - weight) * values[this.out.length + i]!
      this.mass = weight * this.mass + (1 - weight)
      added[i] = this.average / this.mass
    }
    this.out.push(added)
    return this.out.view
  }
}
