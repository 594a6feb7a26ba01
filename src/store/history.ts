import type { Evaluation, StepRecords } from '../worker/protocol'

/** A point of a curve; validation figures stand at the step after which they were measured. */
export interface CurvePoint {
  step: number
  raw?: number
  smooth?: number
  validation?: number
}

export type Quantity = 'loss' | 'accuracy'

/** Points that a chart draws at most of one curve. */
const MAX_POINTS = 400
const NOTIFY_INTERVAL_MS = 100

/** A list of numbers that grows without copying at every append. */
class Column {
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

/** All figures of the run that is on, kept outside React; told at most ten times a second. */
export class MetricsHistory {
  private losses = new Column()
  private corrects = new Column()
  private evaluated: Evaluation[] = []
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

  get evaluations(): readonly Evaluation[] {
    return this.evaluated
  }

  append({ loss, correct }: StepRecords): void {
    this.losses.push(loss)
    this.corrects.push(correct)
    this.notify()
  }

  addEvaluation(evaluation: Evaluation): void {
    this.evaluated.push(evaluation)
    this.notify()
  }

  clear(): void {
    this.losses = new Column()
    this.corrects = new Column()
    this.evaluated = []
    this.notify()
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /**
   * The curve of a quantity: smoothed over the full series (an exponential average with weight
   * `smoothing`, corrected for its start), then thinned, with the validation points put in.
   */
  curve(quantity: Quantity, batchSize: number, smoothing: number): CurvePoint[] {
    const source = quantity === 'loss' ? this.losses.view : this.corrects.view
    const scale = quantity === 'loss' ? 1 : 1 / batchSize
    const smooth = smoothed(source, smoothing)
    const stride = Math.max(1, Math.ceil(source.length / MAX_POINTS))
    const points: CurvePoint[] = []
    for (let i = 0; i < source.length; i += stride) {
      points.push({ step: i + 1, raw: source[i]! * scale, smooth: smooth[i]! * scale })
    }
    const last = source.length - 1
    if (last >= 0 && last % stride !== 0) {
      points.push({ step: last + 1, raw: source[last]! * scale, smooth: smooth[last]! * scale })
    }
    return withValidation(points, this.evaluated, quantity)
  }

  private notify(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined
      this.changes++
      for (const listener of this.listeners) listener()
    }, NOTIFY_INTERVAL_MS)
  }
}

function smoothed(values: Float64Array, weight: number): Float64Array {
  const out = new Float64Array(values.length)
  let average = 0
  let mass = 0
  for (let i = 0; i < values.length; i++) {
    average = weight * average + (1 - weight) * values[i]!
    mass = weight * mass + (1 - weight)
    out[i] = average / mass
  }
  return out
}

function withValidation(
  points: CurvePoint[],
  evaluations: readonly Evaluation[],
  quantity: Quantity,
): CurvePoint[] {
  const byStep = new Map(points.map((point) => [point.step, point]))
  for (const evaluation of evaluations) {
    const point = byStep.get(evaluation.step)
    if (point) point.validation = evaluation[quantity]
    else byStep.set(evaluation.step, { step: evaluation.step, validation: evaluation[quantity] })
  }
  return [...byStep.values()].sort((a, b) => a.step - b.step)
}
