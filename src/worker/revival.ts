import type { ComparisonConfig } from '../run/comparison'
import type { Command, Event, Phase, SetBackCause } from './protocol'
import type { RaceCommand, RaceEvent, RacePhase } from './race-protocol'

/** The two ends that a worker was between. */
export interface Ends<C, E> {
  /** To the new worker. */
  post(command: C): void
  /** To the page. */
  tell(event: E): void
}

export interface Failure {
  message: string
  remedy: string
}

const BUSY = new Set(['compiling', 'training', 'profiling', 'evaluating'])

/** How the kept run and the kept race are called where they cannot be taken. */
export const KEPT_RUN = 'The kept run'
export const KEPT_RACE = 'Your last comparison'

/**
 * The page's run as far as another worker must know it: it goes on from what the browser has kept
 * of it, or else from its start.
 */
export class RevivableRun {
  private run = { id: 0, key: '' }
  /** Begins it anew; undefined where it came from a file. */
  private start: Extract<Command, { type: 'configure' }> | undefined
  private phase: Phase = { phase: 'idle' }
  private steps = 0
  /** True where it shall train until its end. */
  private trains = false
  private cause: SetBackCause | undefined

  /** The page says something to the worker. */
  hear(command: Command): void {
    switch (command.type) {
      case 'configure':
        this.follow(command, 0)
        this.start = command.keepWeights ? undefined : command
        return
      case 'train':
      case 'pause':
      case 'step':
      case 'slow-step':
      case 'profile':
        this.trains = command.type === 'train'
    }
  }

  /** The worker says something to the page; false where that is not for the page. */
  take(event: Event, ends: Ends<Command, Event>): boolean {
    if (event.type === 'refused' && event.name === KEPT_RUN && this.cause) {
      this.startAgain(ends, this.cause)
      return false
    }
    if (event.type === 'restored') {
      this.follow(event, event.steps.loss.length)
      this.start = undefined
    }
    if (!('id' in event) || event.id !== this.run.id) return true
    if (event.type === 'set-back') {
      this.cause = undefined
      this.steps = event.setBack.step
    }
    if (event.type === 'phase') this.phase = event.phase
    if (event.type === 'steps') this.steps = event.steps.first + event.steps.loss.length
    return true
  }

  /** Another worker is there in the place of one that broke down. */
  revive(ends: Ends<Command, Event>, reason: string): void {
    if (this.run.id === 0 || this.phase.phase === 'failed') return
    const goesOn = this.trains && BUSY.has(this.phase.phase)
    const cause: SetBackCause = { reason, outcome: goesOn ? 'continues' : 'rests' }
    if (this.steps === 0) {
      this.startAgain(ends, cause)
      return
    }
    this.cause = cause
    ends.post({ type: 'resume', ...this.run, name: KEPT_RUN, setBack: cause })
    if (goesOn) ends.post({ type: 'train' })
  }

  /** There is none. */
  fail({ tell }: Ends<Command, Event>, failure: Failure): void {
    const { run, steps } = this
    tell({ type: 'phase', id: run.id, phase: { phase: 'failed', step: steps, ...failure } })
  }

  private follow({ id, key }: { id: number; key: string }, steps: number): void {
    this.run = { id, key }
    this.phase = { phase: 'idle' }
    this.steps = steps
    this.trains = false
    this.cause = undefined
  }

  private startAgain(ends: Ends<Command, Event>, cause: SetBackCause): void {
    const { start, run, steps, phase } = this
    if (!start) {
      const remedy = 'Nothing was kept of the run: open its file again, or reset.'
      this.fail(ends, { message: cause.reason, remedy })
      return
    }
    ends.post(start)
    if (steps > 0 || BUSY.has(phase.phase)) {
      const past = { steps: NO_STEPS, evaluations: [] }
      ends.tell({ type: 'set-back', id: run.id, setBack: { ...cause, step: 0 }, ...past })
    }
    this.follow(run, 0)
    if (cause.outcome !== 'continues') return
    ends.post({ type: 'train' })
    this.trains = true
  }
}

const NO_STEPS = {
  first: 0,
  loss: new Float32Array(0),
  correct: new Uint32Array(0),
  learningRate: new Float64Array(0),
  seconds: new Float64Array(0),
}

/** The page's race, which the browser keeps, or the nets of a lesson, which it does not. */
export class RevivableRace {
  private race: { race: number; key: string; comparison: ComparisonConfig } | undefined
  private phase: RacePhase = { phase: 'idle' }
  private begun = false
  private trains = false
  private cause: SetBackCause | undefined

  constructor(private readonly kept: boolean) {}

  hear(command: RaceCommand): void {
    switch (command.type) {
      case 'race-configure':
        this.follow(command)
        return
      case 'race-train':
      case 'race-pause':
      case 'race-step':
        this.trains = command.type === 'race-train'
    }
  }

  take(event: RaceEvent): void {
    if (event.type === 'race-restored') this.follow(event)
    if (!('race' in event) || event.race !== this.race?.race) return
    if (event.type === 'race-set-back') this.cause = undefined
    if (event.type === 'race-phase') this.phase = event.phase
    if (event.type === 'race-steps') this.begun = true
  }

  /** The kept race could not be taken; true where that was asked for here. */
  refused(ends: Ends<RaceCommand, RaceEvent>): boolean {
    const { cause } = this
    if (cause) this.startAgain(ends, cause)
    return cause !== undefined
  }

  revive(ends: Ends<RaceCommand, RaceEvent>, reason: string): void {
    const { race, phase, begun, kept } = this
    if (!race || phase.phase === 'failed') return
    const goesOn = this.trains && BUSY.has(phase.phase)
    const cause: SetBackCause = { reason, outcome: goesOn ? 'continues' : 'rests' }
    if (!begun || !kept) {
      this.startAgain(ends, cause)
      return
    }
    this.cause = cause
    ends.post({ type: 'race-resume-last', race: race.race, after: { key: race.key, cause } })
    if (goesOn) ends.post({ type: 'race-train' })
  }

  fail({ tell }: Ends<RaceCommand, RaceEvent>, failure: Failure): void {
    const { race } = this
    if (race) tell({ type: 'race-phase', race: race.race, phase: { phase: 'failed', ...failure } })
  }

  private follow({ race, key, comparison }: RevivableRace['race'] & {}): void {
    this.race = { race, key, comparison }
    this.phase = { phase: 'idle' }
    this.begun = false
    this.trains = false
    this.cause = undefined
  }

  private startAgain(ends: Ends<RaceCommand, RaceEvent>, cause: SetBackCause): void {
    const { begun, phase } = this
    const race = this.race!
    if (begun || BUSY.has(phase.phase)) {
      ends.tell({ type: 'race-set-back', race: race.race, setBack: { ...cause, step: 0 } })
    }
    ends.post({ type: 'race-configure', ...race })
    this.follow(race)
    if (cause.outcome !== 'continues') return
    ends.post({ type: 'race-train' })
    this.trains = true
  }
}
