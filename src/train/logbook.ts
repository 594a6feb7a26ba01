import { type Checkpoint, type EvaluationAt, obstacles } from './checkpoint'
import type { Past, TimedStep } from './loop'
import type { Trainer } from './trainer'

/** A checkpoint of another run than the one that shall go on from it; lists what differs. */
export class OtherRun extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('; '))
    this.name = 'OtherRun'
  }
}

/** What a run has given so far: every step's figures and the evaluations. */
export class Logbook implements Past {
  private readonly losses: number[] = []
  private readonly corrects: number[] = []
  private readonly times: number[] = []
  private readonly evaluations: EvaluationAt[] = []
  private kept: Checkpoint | undefined

  constructor(private readonly trainer: Trainer) {}

  /** Steps whose figures are known. */
  get length(): number {
    return this.losses.length
  }

  /** The step of the last evaluation, or −1. */
  get evaluatedAt(): number {
    return this.evaluations.at(-1)?.step ?? -1
  }

  /** Training time so far, without pauses. */
  get seconds(): number {
    return this.times.at(-1) ?? 0
  }

  /** The last checkpoint that was made or gone on from; it needs no GPU. */
  get last(): Checkpoint | undefined {
    return this.kept
  }

  steps(records: readonly TimedStep[]): void {
    for (const { loss, correct, seconds } of records) {
      this.losses.push(loss)
      this.corrects.push(correct)
      this.times.push(seconds)
    }
  }

  evaluation(evaluation: EvaluationAt): void {
    this.evaluations.push(evaluation)
  }

  /** The run as it stands, once every submitted step's figures have been read. */
  async checkpoint(): Promise<Checkpoint> {
    const { trainer, length } = this
    const { step } = trainer
    if (length !== step) {
      throw new Error(`a checkpoint after step ${step} needs ${step} losses, got ${length}`)
    }
    const lossScale = await trainer.readLossScale()
    const [tensors, velocities] = [await trainer.readTensors(), await trainer.readVelocities()]
    this.kept = { ...this.figures(), tensors, velocities, ...(lossScale ? { lossScale } : {}) }
    return this.kept
  }

  /** The run's figures alone, as a checkpoint without tensors: nothing can go on from it. */
  figures(): Checkpoint {
    const { adjustments } = this.trainer
    return {
      run: this.trainer.network.run,
      step: this.length,
      losses: Float32Array.from(this.losses),
      corrects: Float32Array.from(this.corrects),
      seconds: Float32Array.from(this.times),
      evaluations: [...this.evaluations],
      kernels: this.trainer.kernels,
      tensors: new Map(),
      velocities: new Map(),
      ...(adjustments.length > 0 ? { adjustments } : {}),
    }
  }

  /** Puts the trainer where the checkpoint's run was; throws `OtherRun` where it is another's. */
  restore(checkpoint: Checkpoint): void {
    const { run, parameters } = this.trainer.network
    const problems = obstacles(checkpoint, run, parameters.plans)
    if (problems.length > 0) throw new OtherRun(problems)
    const { step, tensors, velocities, lossScale, adjustments } = checkpoint
    this.trainer.resume(step, tensors, velocities, lossScale, adjustments)
    this.recall(checkpoint)
    this.kept = checkpoint
  }

  /** Takes over a checkpoint's figures and leaves the trainer where it is. */
  recall(checkpoint: Checkpoint): void {
    replace(this.losses, checkpoint.losses)
    replace(this.corrects, checkpoint.corrects)
    replace(this.times, checkpoint.seconds)
    replace(this.evaluations, checkpoint.evaluations)
  }
}

/** One by one: a call's arguments are limited, and a run may have millions of steps. */
function replace<T>(list: T[], values: Iterable<T>): void {
  list.length = 0
  for (const value of values) list.push(value)
}
