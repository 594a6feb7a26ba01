import { DoesNotFit } from '../autograd/program'
import { shapeKey } from '../shaders/conv2d/choice'
import type { Subject } from './subjects'
import type { Winners } from './table'
import type { Candidate } from './trial'

/** The candidates of one subject, ready to run. */
export interface Rig {
  /** How a candidate's results differ from the first one's; undefined where they do not. */
  fault(candidate: Candidate): Promise<string | undefined>
  /** Milliseconds of one run, out of so many in a row. */
  time(candidate: Candidate, runs: number): Promise<number>
  destroy(): void
}

/** A candidate that may not win, and why. */
export interface Excluded extends Omit<Subject, 'candidates'> {
  candidate: Candidate
  reason: string
}

/** In one line. */
export function describeExcluded({ shape, aspect, candidate, reason }: Excluded): string {
  return `${aspect} ${candidate} for ${shapeKey(shape)}: ${reason}`
}

/** Timestamps are told in steps of 0.1 ms: a measurement lasts this long or longer. */
const LEAST_MS = 2
const MOST_RUNS = 1024
/** Measurements of each candidate, in turn; the least counts. */
const ROUNDS = 3
/** The share of the default's time below which another one is faster, and not just lucky. */
const MARGIN = 0.97

/** Finds the fastest right candidate of each subject. */
export class Tuner {
  readonly excluded: Excluded[] = []
  /** Subjects that are decided. */
  decided = 0
  private readonly won: Record<string, Winners[string]>

  /** `winners` are those that are known; `budgetMs` is the time that all work may take. */
  constructor(
    private readonly subjects: readonly Subject[],
    private readonly openRig: (subject: Subject) => Promise<Rig>,
    winners: Winners,
    private readonly budgetMs: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.won = { ...winners }
  }

  /** All that is known now. */
  get winners(): Winners {
    return { ...this.won }
  }

  /**
   * The work, in pieces of some milliseconds each: whoever drives it may let time pass in between.
   * Ends when all is decided or the budget is used up; an undecided subject keeps its default.
   */
  async *pieces(): AsyncGenerator<void, void> {
    let leftMs = this.budgetMs
    for (const subject of this.subjects) {
      const contest = this.contest(subject)
      try {
        for (;;) {
          const since = this.now()
          const { done } = await contest.next()
          leftMs -= this.now() - since
          if (leftMs <= 0) return
          yield
          if (done) break
        }
      } finally {
        await contest.return()
      }
    }
  }

  private async *contest(subject: Subject): AsyncGenerator<void, void> {
    const rig = await this.openRig(subject).catch((error) => {
      if (error instanceof DoesNotFit) return undefined
      throw error
    })
    if (!rig) return
    try {
      yield
      const [standard, ...others] = subject.candidates
      const able = [standard]
      for (const candidate of others) {
        const reason = await rig.fault(candidate)
        if (reason === undefined) able.push(candidate)
        else this.exclude(subject, candidate, reason)
        yield
      }
      const runs = await enoughRuns(rig, standard)
      const least = new Map<Candidate, number>()
      for (let round = 0; round < ROUNDS; round++)
        for (const candidate of able) {
          yield
          const time = await rig.time(candidate, runs)
          least.set(candidate, Math.min(least.get(candidate) ?? Number.POSITIVE_INFINITY, time))
        }
      const fastest = able.reduce((a, b) => (least.get(b)! < least.get(a)! ? b : a))
      const faster = least.get(fastest)! < MARGIN * least.get(standard)!
      this.award(subject, faster ? fastest : standard)
    } finally {
      rig.destroy()
    }
  }

  private exclude({ shape, aspect }: Subject, candidate: Candidate, reason: string): void {
    this.excluded.push({ shape, aspect, candidate, reason })
  }

  private award({ shape, aspect }: Subject, candidate: Candidate): void {
    const key = shapeKey(shape)
    this.decided++
    this.won[key] = { ...this.won[key], [aspect]: candidate }
  }
}

/** How often a candidate must run for a measurement to be long enough. */
async function enoughRuns(rig: Rig, candidate: Candidate): Promise<number> {
  for (let runs = 1; ; ) {
    const total = runs * (await rig.time(candidate, runs))
    if (total >= LEAST_MS || runs >= MOST_RUNS) return runs
    const wanted = total > 0 ? Math.ceil((1.2 * runs * LEAST_MS) / total) : 8 * runs
    runs = Math.min(Math.max(wanted, runs + 1), 8 * runs, MOST_RUNS)
  }
}
