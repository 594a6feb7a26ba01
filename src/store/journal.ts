import {
  type EvaluationRecord,
  joinSteps,
  type RunRecord,
  type RunStatus,
  type StepColumns,
} from '../archive/record'
import { type Adjustment, withAdjustment } from '../run/adjustment'
import type { WeightsHash } from '../worker/protocol'
import type { KeptRuns } from './kept-runs'

/** What a crash may cost of the curves; the checkpoint is kept apart. */
const INTERVAL_MS = 3000

/** What a run is from its beginning on. */
export type Beginning = Pick<
  RunRecord,
  'name' | 'run' | 'startedAt' | 'startsFrom' | 'device' | 'versions' | 'group'
>

/**
 * Writes one run down as it goes, from its first step on: every few seconds, and whenever it
 * rests. It never holds up training, and what could not be written is tried again.
 */
export class Journal {
  /** Steps that are written down. */
  private written = 0
  /** Those that are not. */
  private pending: StepColumns[] = []
  private steps = 0
  private evaluations: EvaluationRecord[] = []
  private adjustments: readonly Adjustment[] = []
  private status: RunStatus = { state: 'paused' }
  private weights: WeightsHash | undefined
  /** True once this page has trained it: what was only opened is not written anew. */
  private trained = false
  private dirty = false
  private writtenAt = 0
  private turn: Promise<void> = Promise.resolve()

  constructor(
    readonly id: string,
    private readonly runs: KeptRuns,
    private readonly beginning: () => Beginning,
    private readonly now: () => number,
  ) {}

  /** Takes over what the run had given when it was kept. */
  recall(
    steps: StepColumns,
    evaluations: readonly EvaluationRecord[],
    adjustments: readonly Adjustment[] = [],
  ): void {
    this.pending = [steps]
    this.steps = steps.loss.length
    this.evaluations = [...evaluations]
    this.adjustments = adjustments
  }

  takeSteps(steps: StepColumns): void {
    this.pending.push(steps)
    this.steps += steps.loss.length
    this.trained = true
    this.changed()
  }

  takeEvaluation(evaluation: EvaluationRecord): void {
    this.evaluations.push(evaluation)
    this.changed()
  }

  takeAdjustment(adjustment: Adjustment): void {
    this.adjustments = withAdjustment(this.adjustments, adjustment)
    this.changed()
  }

  takeStatus(status: RunStatus): void {
    this.status = status
    this.changed()
  }

  takeWeights(weights: WeightsHash): void {
    this.weights = weights
    this.changed()
  }

  /** Its checkpoint has been kept. */
  takeCheckpoint(checkpoint: RunRecord['checkpoint'] & {}): Promise<void> {
    return this.inTurn(() => this.runs.change(this.id, (record) => ({ ...record, checkpoint })))
  }

  /** The run does not train for now. */
  rest(): Promise<void> {
    if (this.status.state === 'training') {
      this.status = { state: 'paused' }
      this.dirty = true
    }
    return this.writeDown()
  }

  /** Writes down what has not been, if anything has been trained. */
  writeDown(): Promise<void> {
    this.writtenAt = this.now()
    return this.inTurn(async () => {
      if (this.trained && this.dirty) await this.write()
    })
  }

  private changed(): void {
    this.dirty = true
    const due = this.written === 0 || this.now() - this.writtenAt > INTERVAL_MS
    if (due || this.status.state !== 'training') this.writeDown()
  }

  private async write(): Promise<void> {
    const { id, written: from, pending } = this
    const steps = joinSteps(pending)
    const latest = this.latest()
    this.pending = []
    this.dirty = false
    try {
      const there = await this.runs.append(id, from, steps, (record) => ({ ...record, ...latest }))
      if (!there && from === 0) {
        const blank = { id, note: '', starred: false, ...this.beginning() }
        await this.runs.add({ ...blank, ...latest }, steps)
      }
      this.written += steps.loss.length
      this.runs.setUnwritten(undefined)
    } catch (error) {
      this.pending = [steps, ...this.pending]
      this.dirty = true
      this.runs.setUnwritten(reasonOf(error as Error))
    }
  }

  /** What changes in a record while the run goes on. */
  private latest() {
    const { steps, evaluations, adjustments, status, weights } = this
    return {
      ...{ steps, evaluations: [...evaluations], status, updatedAt: this.now() },
      ...(adjustments.length > 0 ? { adjustments } : {}),
      ...(weights ? { weights } : {}),
      setAside: false,
    }
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    this.turn = this.turn.then(work).catch((error) => this.runs.setUnwritten(reasonOf(error)))
    return this.turn
  }
}

function reasonOf({ name, message }: Error): { full: boolean; message: string } {
  const full = name === 'QuotaExceededError'
  return {
    full,
    message: full ? "The browser's storage is full." : `The browser's database failed: ${message}.`,
  }
}
