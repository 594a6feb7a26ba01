import type { RunStatus, Versions } from '../archive/record'
import type { Event, Phase } from '../worker/protocol'
import type { ActiveRun, Bench } from './bench'
import { Journal } from './journal'
import type { KeptRuns } from './kept-runs'

/** Writes the page's run down as it goes, and whenever the page is hidden. */
export class Recorder {
  private journal: Journal | undefined
  private active: number | undefined

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
      if (this.journal?.id === key) this.journal.takeCheckpoint(checkpoint)
      else this.runs.change(key, (record) => ({ ...record, checkpoint }))
      return
    }
    const { active, startsFrom } = this.bench.store.getState()
    if (!('id' in event) || event.id !== active.id) return
    if (this.active !== active.id || event.type === 'set-back') this.begin(active, startsFrom?.name)
    this.hear(event, this.journal!)
  }

  /** Writes down what has not been, if anything has been trained. */
  async writeDown(): Promise<void> {
    await this.journal?.writeDown()
  }

  private hear(event: Event, journal: Journal): void {
    switch (event.type) {
      case 'restored':
      case 'set-back': {
        const { first: _, ...steps } = event.steps
        journal.recall(steps, event.evaluations, event.adjustments)
        this.runs.withdrawOffer(journal.id)
        return
      }
      case 'steps': {
        const { first: _, ...steps } = event.steps
        this.runs.withdrawOffer()
        journal.takeSteps(steps)
        return
      }
      case 'adjusted':
        journal.takeAdjustment(event.adjustment)
        return
      case 'evaluation':
        journal.takeEvaluation(event.evaluation)
        return
      case 'phase': {
        const status = statusOf(event.phase)
        if (status) journal.takeStatus(status)
        return
      }
      case 'weights':
        journal.takeWeights(event.weights)
        return
    }
  }

  private begin({ id, key, run }: ActiveRun, startsFrom: string | undefined): void {
    this.journal?.rest()
    this.active = id
    const startedAt = this.now()
    const beginning = () => ({
      ...{ name: '', run, startedAt, ...(startsFrom === undefined ? {} : { startsFrom }) },
      ...{ device: deviceOf(this.bench), versions: this.versions },
    })
    this.journal = new Journal(key, this.runs, beginning, this.now)
  }
}

/** The device that trains, as a record names it. */
export function deviceOf(bench: Bench): { name: string; software: boolean } {
  const { device } = bench.store.getState()
  const { name, software } = device.state === 'ready' ? device : { name: '', software: false }
  return { name, software }
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
