import { TRAINING_IMAGES } from '../run/config'
import { LEAST_EXPONENT } from '../shaders/loss-scale/loss-scale'
import type { EvaluationResult, StepRecord, Trainer } from './trainer'

/** How long figures may lie on the GPU before they are read and shown. */
export const READ_INTERVAL_MS = 200

/** A step's figures with the training time, without pauses, at which they were known. */
export interface TimedStep extends StepRecord {
  seconds: number
}

export interface Listener {
  steps(records: readonly TimedStep[]): void
  evaluating(done: number, total: number): void
  evaluation(step: number, result: EvaluationResult): void
}

/** What a resumed run has behind it. */
export interface Past {
  /** Training time so far. */
  seconds: number
  /** The step of the last evaluation, which need not be made again, or −1. */
  evaluatedAt: number
}

const NO_PAST: Past = { seconds: 0, evaluatedAt: -1 }

/** Work that is done between two steps, once the figures of all steps have been read. */
export interface Errand {
  due(): boolean
  run(): Promise<void>
}

/** Whatever of these is due. */
export function errandOf(errands: readonly Errand[]): Errand {
  return {
    due: () => errands.some((errand) => errand.due()),
    async run() {
      for (const errand of errands) if (errand.due()) await errand.run()
    },
  }
}

export type LoopEnd = 'finished' | 'stopped'

/** The loss became infinite or no number at all; or in f16 a gradient, even at the least scale. */
export class Diverged extends Error {
  constructor({ step, loss }: Pick<StepRecord, 'step' | 'loss'>) {
    const what = Number.isFinite(loss) ? 'A gradient' : 'The loss'
    super(`${what} at step ${step} is not a finite number any more: the training diverged.`)
    this.name = 'Diverged'
  }
}

const LEAST_LOSS_SCALE = 2 ** LEAST_EXPONENT

/** True for a step after which training makes no sense any more. */
export function diverged({ loss, lossScale, skipped }: StepRecord): boolean {
  return !Number.isFinite(loss) || (skipped === true && lossScale === LEAST_LOSS_SCALE)
}

/** Drives a trainer through its run, stoppable between any two steps. */
export class TrainingLoop {
  private seconds: number
  private evaluatedAt: number

  constructor(
    private readonly trainer: Trainer,
    private readonly listener: Listener,
    past: Past = NO_PAST,
  ) {
    this.seconds = past.seconds
    this.evaluatedAt = past.evaluatedAt
  }

  /**
   * Trains until the run's last step or until `stopped` says so; call again to go on. `step` makes
   * the steps where they are not the trainer's ordinary ones.
   */
  async run(
    stopped: () => boolean,
    errand?: Errand,
    step: () => Promise<void> = () => this.trainer.trainStep(),
  ): Promise<LoopEnd> {
    const { steps } = this.trainer.network.run.train
    let resumedAt = performance.now()
    let readAt = resumedAt
    const clock = () => {
      const now = performance.now()
      this.seconds += (now - resumedAt) / 1000
      resumedAt = now
      readAt = now
    }
    for (;;) {
      if (this.evaluationDue()) {
        await this.read(clock)
        const ended = await this.evaluate(stopped)
        resumedAt = performance.now()
        if (!ended) return 'stopped'
      }
      if (this.trainer.step >= steps) {
        await this.read(clock)
        return 'finished'
      }
      if (stopped()) {
        await this.read(clock)
        return 'stopped'
      }
      if (errand?.due()) {
        await this.read(clock)
        await errand.run()
        resumedAt = performance.now()
        continue
      }
      await step()
      const stale = performance.now() - readAt > READ_INTERVAL_MS
      if (stale || this.trainer.ringFilling) await this.read(clock)
    }
  }

  /** True after the last step and at every multiple of `evaluate.every`, until it is done. */
  private evaluationDue(): boolean {
    const { evaluate, train } = this.trainer.network.run
    const { step } = this.trainer
    if (!evaluate || step === 0 || step === this.evaluatedAt) return false
    return step % evaluate.every === 0 || step === train.steps
  }

  private async read(clock: () => void): Promise<void> {
    const before = this.seconds
    const records = await this.trainer.readSteps()
    clock()
    if (records.length === 0) return
    // Steps read together share the time between two reads evenly.
    const each = (this.seconds - before) / records.length
    const timed = records.map((record, i) => ({ ...record, seconds: before + each * (i + 1) }))
    const broken = timed.findIndex(diverged)
    this.listener.steps(broken < 0 ? timed : timed.slice(0, broken + 1))
    if (broken >= 0) throw new Diverged(timed[broken]!)
  }

  /** False where it was stopped before its end. */
  private async evaluate(stopped: () => boolean): Promise<boolean> {
    const { data, evaluate } = this.trainer.network.run
    const { images } = evaluate!
    const first = TRAINING_IMAGES - data.validation
    const step = this.trainer.step
    this.listener.evaluating(0, images)
    const progress = (done: number) => this.listener.evaluating(done, images)
    const result = await this.trainer.evaluate(first, images, progress, stopped)
    if (!result) return false
    this.evaluatedAt = step
    this.listener.evaluation(step, result)
    return true
  }
}
