import { type Adjustment, withAdjustment } from '../run/adjustment'
import type { Evaluation, StepRecords } from '../worker/protocol'
import { Column } from './column'
import { Smoother } from './smoother'

export type Quantity = 'loss' | 'accuracy'

const NOTIFY_INTERVAL_MS = 100

/** All figures of one run, kept outside React; told at most ten times a second. */
export class MetricsHistory {
  private losses = new Column()
  private corrects = new Column()
  private rates = new Column()
  private times = new Column()
  private evaluated: Evaluation[] = []
  private marked: readonly Adjustment[] = []
  private smoothers = new Map<Quantity, Smoother>()
  private readonly listeners = new Set<() => void>()
  private timer: ReturnType<typeof setTimeout> | undefined
  private changes = 0

  /** Rises with every change that listeners have been told of. */
  get version(): number {
    return this.changes
  }

  get steps(): number {
    return this.losses.length
  }

  get loss(): Float64Array {
    return this.losses.view
  }

  /** Correct answers of each step's batch. */
  get correct(): Float64Array {
    return this.corrects.view
  }

  get learningRate(): Float64Array {
    return this.rates.view
  }

  /** Training time since step 0, without pauses, at which each step's result was known. */
  get seconds(): Float64Array {
    return this.times.view
  }

  get evaluations(): readonly Evaluation[] {
    return this.evaluated
  }

  /** Where settings changed while the run was on, in rising order. */
  get marks(): readonly Adjustment[] {
    return this.marked
  }

  append({ loss, correct, learningRate, seconds }: StepRecords): void {
    this.losses.push(loss)
    this.corrects.push(correct)
    this.rates.push(learningRate)
    this.times.push(seconds)
    this.notify()
  }

  addEvaluation(evaluation: Evaluation): void {
    this.evaluated.push(evaluation)
    this.notify()
  }

  addMark(mark: Adjustment): void {
    this.marked = withAdjustment(this.marked, mark)
    this.notify()
  }

  clear(): void {
    this.losses = new Column()
    this.corrects = new Column()
    this.rates = new Column()
    this.times = new Column()
    this.evaluated = []
    this.marked = []
    this.smoothers = new Map()
    this.notify()
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Loss, or correct answers, of each step. */
  column(quantity: Quantity): Float64Array {
    return quantity === 'loss' ? this.loss : this.correct
  }

  /**
   * The full series of a quantity, averaged with weight `smoothing` (from 0, the series itself, to
   * below 1) on the past. It is kept and goes on where the series has grown.
   */
  smoothed(quantity: Quantity, smoothing: number): Float64Array {
    if (smoothing === 0) return this.column(quantity)
    let smoother = this.smoothers.get(quantity)
    if (smoother?.weight !== smoothing) {
      smoother = new Smoother(smoothing)
      this.smoothers.set(quantity, smoother)
    }
    return smoother.upTo(this.column(quantity))
  }

  private notify(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined
      this.changes++
      for (const listener of this.listeners) listener()
    }, NOTIFY_INTERVAL_MS)
  }
}
