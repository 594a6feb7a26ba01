import type { Until } from '../run/comparison'
import { TRAINING_IMAGES } from '../run/config'
import type { LaneEnd, LaneTrack } from './lane-track'
import { type Errand, type LoopEnd, READ_INTERVAL_MS, type TimedStep } from './loop'
import { type EvaluationResult, MAX_IN_FLIGHT } from './trainer'

/** What lanes give, each under its place among them. */
export interface LanesListener {
  steps(lane: number, records: readonly TimedStep[]): void
  evaluating(lane: number, done: number, total: number): void
  evaluation(lane: number, step: number, result: EvaluationResult): void
  ended(lane: number, end: LaneEnd): void
}

type Work = 'evaluation' | 'end' | 'step'

/**
 * Trains lanes side by side, stoppable between steps: a step of each lane a round where they get
 * equal steps, and always one of the lane that has had least where they get equal time. A lane that
 * has ended, by its last step or because it diverged, is left out, and the others go on.
 */
export class LockStep {
  private readonly inFlight: Promise<void>[] = []
  private lastDone = 0
  private halted = false

  constructor(
    private readonly queue: GPUQueue,
    private readonly lanes: readonly LaneTrack[],
    private readonly until: Until,
    private readonly listener: LanesListener,
  ) {}

  /**
   * Trains so many rounds, or until all lanes have ended, or until `stopped` says so: then the
   * round is finished where lanes get equal steps. Call again to go on.
   */
  async run(rounds: number, stopped: () => boolean, errand?: Errand): Promise<LoopEnd> {
    this.halted = false
    this.setGoals(rounds)
    let readAt = performance.now()
    for (;;) {
      if (!this.halted && stopped()) this.halt()
      // Chosen once there is room: by then more is known of what the lanes have had.
      while (this.inFlight.length >= MAX_IN_FLIGHT) await this.inFlight.shift()
      const filling = this.lanes.some(({ trainer }) => trainer.ringFilling)
      const errandDue = errand?.due() === true
      if (errandDue || filling || performance.now() - readAt > READ_INTERVAL_MS) {
        await this.read(this.lanes)
        if (errandDue) await errand!.run()
        readAt = performance.now()
      }
      const next = this.next()
      if (!next) {
        await this.read(this.lanes)
        if (this.next()) continue
        return this.lanes.every(({ end }) => end) ? 'finished' : 'stopped'
      }
      await this.work(next.lane, next.work, stopped)
    }
  }

  private get active(): LaneTrack[] {
    return this.lanes.filter(({ end }) => !end)
  }

  private setGoals(rounds: number): void {
    const lowest = Math.min(...this.active.map(({ step }) => step))
    for (const lane of this.active) {
      lane.goal = (this.until.kind === 'steps' ? lowest : lane.step) + rounds
    }
  }

  /** No more than the rest of the round, where there are rounds. */
  private halt(): void {
    this.halted = true
    const highest = Math.max(...this.active.map(({ step }) => step))
    for (const lane of this.active) {
      lane.goal = this.until.kind === 'steps' ? highest : lane.step
    }
  }

  /** What to do next: for the lane that has had least, evaluations before steps. */
  private next(): { lane: LaneTrack; work: Work } | undefined {
    const open = this.active.flatMap((lane) => {
      const work = this.workOf(lane)
      return work ? [{ lane, work, rank: work === 'step' ? 1 : 0 }] : []
    })
    open.sort((a, b) => a.lane.progress - b.lane.progress || a.rank - b.rank)
    return open[0]
  }

  private workOf(lane: LaneTrack): Work | undefined {
    if (lane.evaluationDue) return this.halted ? undefined : 'evaluation'
    if (lane.trained) return 'end'
    return lane.step < lane.goal ? 'step' : undefined
  }

  private async work(lane: LaneTrack, work: Work, stopped: () => boolean): Promise<void> {
    if (work === 'step') return this.submit(lane)
    await this.read([lane])
    if (work === 'evaluation' && !lane.end) await this.evaluate(lane, stopped)
  }

  /** Submits a lane's next step, and takes its time once the GPU is through with it. */
  private async submit(lane: LaneTrack): Promise<void> {
    const submittedAt = performance.now()
    await lane.trainer.submitStep()
    const done = this.queue.onSubmittedWorkDone().then(() => {
      const now = performance.now()
      // The GPU takes one submit after another.
      lane.took((now - Math.max(submittedAt, this.lastDone)) / 1000)
      this.lastDone = now
    })
    done.catch(() => {}) // The device was lost: whoever reads the step is told.
    this.inFlight.push(done)
  }

  private async read(lanes: readonly LaneTrack[]): Promise<void> {
    await Promise.all(this.inFlight.splice(0))
    const active = lanes.filter(({ end }) => !end)
    const read = await Promise.all(active.map((lane) => lane.read()))
    for (const [i, lane] of active.entries()) {
      if (read[i]!.length > 0) this.listener.steps(this.lanes.indexOf(lane), read[i]!)
      this.tellEnd(lane)
    }
  }

  private async evaluate(lane: LaneTrack, stopped: () => boolean): Promise<void> {
    const { trainer, step, logbook } = lane
    const { data, evaluate } = trainer.network.run
    const { images } = evaluate!
    const place = this.lanes.indexOf(lane)
    const progress = (done: number) => this.listener.evaluating(place, done, images)
    progress(0)
    const first = TRAINING_IMAGES - data.validation
    const result = await trainer.evaluate(first, images, progress, stopped)
    if (!result) return
    logbook.evaluation({ step, ...result })
    this.listener.evaluation(place, step, result)
    this.tellEnd(lane)
  }

  private tellEnd(lane: LaneTrack): void {
    if (lane.end) this.listener.ended(this.lanes.indexOf(lane), lane.end)
  }
}
