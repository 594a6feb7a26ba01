import type { Progress } from './protocol'

/** Recent rates count this much more than older ones, a second of training each. */
const MEMORY_SECONDS = 5

/** Images a second over the last few seconds, and what is left of a run at that rate. */
export class Throughput {
  private stepsBefore = 0
  private secondsBefore = 0
  private stepsPerSecond = 0

  constructor(
    private readonly steps: number,
    private readonly batchSize: number,
  ) {}

  /** Progress once `done` steps have taken `seconds` of training time. */
  after(done: number, seconds: number): Progress {
    const elapsed = seconds - this.secondsBefore
    if (elapsed > 0) {
      const rate = (done - this.stepsBefore) / elapsed
      const kept = this.stepsPerSecond === 0 ? 0 : Math.exp(-elapsed / MEMORY_SECONDS)
      this.stepsPerSecond = kept * this.stepsPerSecond + (1 - kept) * rate
    }
    this.stepsBefore = done
    this.secondsBefore = seconds
    return {
      step: done,
      steps: this.steps,
      imagesPerSecond: this.stepsPerSecond * this.batchSize,
      secondsLeft: this.stepsPerSecond > 0 ? (this.steps - done) / this.stepsPerSecond : 0,
    }
  }
}
