import { laneRunId, type RunStatus, type Versions } from '../archive/record'
import { laneRun } from '../run/comparison'
import type { Event } from '../worker/protocol'
import {
  isRaceEvent,
  type LaneOfRace,
  type LaneState,
  type RaceEvent,
  type RacePhase,
} from '../worker/race-protocol'
import type { Bench } from './bench'
import { Journal } from './journal'
import type { KeptRuns } from './kept-runs'
import type { Race, RaceState } from './race'
import { deviceOf } from './recorder'

type Active = RaceState['active'] & {}
type Kept = Extract<Event, { type: 'kept' }>

/** Writes the lanes of the page's race down as they go, each with each seed as a run of its own. */
export class RaceRecorder {
  private active: Active | undefined
  private journals = new Map<string, Journal>()
  /** A kept race tells what it had given before it rests: that is written down already. */
  private recalling = false

  constructor(
    private readonly bench: Bench,
    private readonly race: Race,
    private readonly runs: KeptRuns,
    private readonly versions: Versions,
    private readonly now: () => number = Date.now,
  ) {}

  /** Takes note of a lane's checkpoint; false where no lane of the race has this key. */
  takeCheckpoint({ key, checkpoint }: Kept): boolean {
    const journal = this.journals.get(key)
    journal?.takeCheckpoint(checkpoint)
    return journal !== undefined
  }

  /** Hears an event of the worker, after the race has. */
  receive(event: Event): void {
    if (!isRaceEvent(event) || !('race' in event)) return
    const { active } = this.race.store.getState()
    if (!active || event.race !== active.race) return
    if (this.active?.race !== active.race || event.type === 'race-set-back') this.begin(active)
    this.hear(event)
  }

  /** Writes down what has not been. */
  async writeDown(): Promise<void> {
    await Promise.all([...this.journals.values()].map((journal) => journal.writeDown()))
  }

  private hear(event: RaceEvent): void {
    switch (event.type) {
      case 'race-restored':
      case 'race-set-back':
        this.recalling = true
        return
      case 'race-steps': {
        const { first: _, ...steps } = event.steps
        const journal = this.journalOf(event)
        if (this.recalling) journal.recall(steps, [])
        else {
          journal.takeStatus({ state: 'training' })
          journal.takeSteps(steps)
        }
        return
      }
      case 'race-evaluation':
        this.journalOf(event).takeEvaluation(event.evaluation)
        return
      case 'race-lane': {
        const status = statusOf(event.state)
        if (status) this.journalOf(event).takeStatus(status)
        return
      }
      case 'race-weights':
        this.journalOf(event).takeWeights(event.weights)
        return
      case 'race-phase':
        this.recalling = false
        if (RESTS.has(event.phase.phase)) this.rest()
    }
  }

  private begin(active: Active): void {
    this.rest()
    this.active = active
    this.journals = new Map()
  }

  private rest(): void {
    for (const journal of this.journals.values()) journal.rest()
  }

  /** Of a lane with a seed; its run begins with what is first heard of it. */
  private journalOf({ lane, seedIndex }: LaneOfRace): Journal {
    const { key, comparison } = this.active!
    const id = laneRunId(key, lane, seedIndex)
    const startedAt = this.now()
    const beginning = () => ({
      ...{ name: '', run: laneRun(comparison, lane, seedIndex), startedAt },
      ...{ group: { id: key, comparison, lane, seedIndex } },
      ...{ device: deviceOf(this.bench), versions: this.versions },
    })
    const journal = this.journals.get(id) ?? new Journal(id, this.runs, beginning, this.now)
    this.journals.set(id, journal)
    return journal
  }
}

const RESTS = new Set<RacePhase['phase']>(['idle', 'paused', 'finished', 'failed'])

function statusOf(state: LaneState): RunStatus | undefined {
  switch (state.state) {
    case 'waiting':
      return undefined
    case 'training':
    case 'finished':
      return { state: state.state }
    case 'diverged':
    case 'failed':
      return { state: 'failed', message: state.message }
    default:
      return state satisfies never
  }
}
