import {
  type EvaluationRecord,
  joinSteps,
  type RunStatus,
  type StepColumns,
  type Versions,
} from '../archive/record'
import { type Adjustment, withAdjustment } from '../run/adjustment'
import type { Event, Phase, WeightsHash } from '../worker/protocol'
import type { ActiveRun, Bench } from './bench'
import type { KeptRuns } from './kept-runs'

/** What a crash may cost of the curves; the checkpoint is kept apart. */
const INTERVAL_MS = 3000

/** A run as far as it has been heard of. */
interface Heard {
  active: ActiveRun
  startsFrom: string | undefined
  startedAt: number
  /** Steps that are written down. */
  written: number
  /** Those that are not. */
  pending: StepColumns[]
  steps: number
  evaluations: EvaluationRecord[]
  adjustments: readonly Adjustment[]
  status: RunStatus
  weights: WeightsHash | undefined
  /** True once this page has trained it: what was only opened is not written anew. */
  trained: boolean
  dirty: boolean
}

/**
 * Writes the page's run down as it goes, from its first step on: every few seconds, whenever it
 * rests, and when the page is hidden. It never holds up training, and what could not be written is
 * tried again.
 */
export class Recorder {
  private heard: Heard | undefined
  private writtenAt = 0
  private turn: Promise<void> = Promise.resolve()

  constructor(
    private readonly bench: Bench,
    private readonly runs: KeptRuns,
    private readonly versions: Versions,
    private readonly now: () => number = Date.now,
  ) {}

  /** Hears an event of the worker, after the bench has. */
  receive(event: Event): void {
    if (event.type === 'kept') {
      const { key, checkpoint } = event
      this.inTurn(() => this.runs.change(key, (record) => ({ ...record, checkpoint })))
      return
    }
    const { active, startsFrom } = this.bench.store.getState()
    if (!('id' in event) || event.id !== active.id) return
    if (this.heard?.active.id !== active.id) this.begin(active, startsFrom?.name)
    this.hear(event, this.heard!)
  }

  /** Writes down what has not been, if anything has been trained. */
  writeDown(): Promise<void> {
    const { heard } = this
    this.writtenAt = this.now()
    return this.inTurn(async () => {
      if (heard?.trained && heard.dirty) await this.write(heard)
    })
  }

  private hear(event: Event, heard: Heard): void {
    switch (event.type) {
      case 'restored': {
        const { first: _, ...steps } = event.steps
        heard.pending = [steps]
        heard.steps = steps.loss.length
        heard.evaluations = [...event.evaluations]
        heard.adjustments = event.adjustments ?? []
        this.runs.withdrawOffer(event.key)
        return
      }
      case 'steps': {
        const { first: _, ...steps } = event.steps
        heard.pending.push(steps)
        heard.steps += steps.loss.length
        heard.trained = true
        break
      }
      case 'adjusted':
        heard.adjustments = withAdjustment(heard.adjustments, event.adjustment)
        break
      case 'evaluation':
        heard.evaluations.push(event.evaluation)
        break
      case 'phase':
        heard.status = statusOf(event.phase) ?? heard.status
        break
      case 'lost':
        this.runs.offer(heard.active.key)
        return
      case 'weights':
        heard.weights = event.weights
        break
      default:
        return
    }
    heard.dirty = true
    const due = heard.written === 0 || this.now() - this.writtenAt > INTERVAL_MS
    if (due || heard.status.state !== 'training') this.writeDown()
  }

  private async write(heard: Heard): Promise<void> {
    const { written: from, pending } = heard
    const steps = joinSteps(pending)
    const change = this.latest(heard)
    heard.pending = []
    heard.dirty = false
    try {
      const there = await this.runs.append(heard.active.key, from, steps, (record) => ({
        ...record,
        ...change,
      }))
      if (!there && from === 0) {
        await this.runs.add({ ...this.blank(heard), ...change }, steps)
        this.runs.withdrawOffer()
      }
      heard.written += steps.loss.length
      this.runs.setUnwritten(undefined)
    } catch (error) {
      heard.pending = [steps, ...heard.pending]
      heard.dirty = true
      this.runs.setUnwritten(reasonOf(error as Error))
    }
  }

  private begin(active: ActiveRun, startsFrom: string | undefined): void {
    if (this.heard?.status.state === 'training') {
      this.heard.status = { state: 'paused' }
      this.heard.dirty = true
    }
    this.writeDown()
    this.heard = {
      ...{ active, startsFrom, startedAt: this.now(), written: 0, pending: [], steps: 0 },
      ...{ evaluations: [], adjustments: [], status: { state: 'paused' }, weights: undefined },
      ...{ trained: false, dirty: false },
    }
  }

  /** What changes in a record while the run goes on. */
  private latest({ active, steps, evaluations, adjustments, status, weights }: Heard) {
    return {
      ...{ id: active.key, steps, evaluations: [...evaluations], status, updatedAt: this.now() },
      ...(adjustments.length > 0 ? { adjustments } : {}),
      ...(weights ? { weights } : {}),
      setAside: false,
    }
  }

  private blank({ active, startsFrom, startedAt }: Heard) {
    const { device } = this.bench.store.getState()
    const { name, software } = device.state === 'ready' ? device : { name: '', software: false }
    return {
      ...{ name: '', note: '', starred: false, run: active.run, startedAt },
      ...(startsFrom === undefined ? {} : { startsFrom }),
      ...{ device: { name, software }, versions: this.versions },
    }
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    this.turn = this.turn.then(work).catch((error) => this.runs.setUnwritten(reasonOf(error)))
    return this.turn
  }
}

function statusOf(phase: Phase): RunStatus | undefined {
  switch (phase.phase) {
    case 'training':
    case 'evaluating':
    case 'profiling':
      return { state: 'training' }
    case 'paused':
    case 'finished':
      return { state: phase.phase }
    case 'failed':
      return { state: 'failed', message: phase.message }
    case 'idle':
    case 'compiling':
      return undefined
    default:
      return phase satisfies never
  }
}

function reasonOf({ name, message }: Error): { full: boolean; message: string } {
  const full = name === 'QuotaExceededError'
  return {
    full,
    message: full ? "The browser's storage is full." : `The browser's database failed: ${message}.`,
  }
}
