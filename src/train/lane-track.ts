import type { Until } from '../run/comparison'
import type { RunConfig } from '../run/config'
import type { Checkpoint } from './checkpoint'
import { Logbook } from './logbook'
import { Diverged, diverged, type TimedStep } from './loop'
import type { Trainer } from './trainer'

/** How a lane's run came to its end. */
export type LaneEnd =
  /** After so many steps. */
  | { kind: 'finished'; step: number }
  /** At this step, counted from 0. */
  | { kind: 'diverged'; step: number; message: string }

/** In float32, in which a checkpoint keeps times: so that it stays true of a resumed run. */
function timeUp(until: Until, seconds: number): boolean {
  return until.kind === 'time' && Math.fround(seconds) >= Math.fround(until.seconds)
}

/** True where all steps of a run, or all its time, and the last evaluation are behind it. */
function isFinished(
  { train, evaluate }: RunConfig,
  until: Until,
  { length, seconds, evaluatedAt }: Pick<Logbook, 'length' | 'seconds' | 'evaluatedAt'>,
): boolean {
  const trained = length >= train.steps || timeUp(until, seconds)
  return trained && (!evaluate || evaluatedAt === length)
}

function divergence(record: { step: number; loss: number }): LaneEnd {
  return { kind: 'diverged', step: record.step, message: new Diverged(record).message }
}

/** The end that a lane's checkpoint shows, or undefined where there is more to do. */
export function endOf(
  { run, losses, seconds, evaluations, tensors }: Checkpoint,
  until: Until,
): LaneEnd | undefined {
  const { length } = losses
  const evaluatedAt = evaluations.at(-1)?.step ?? -1
  const finished = isFinished(run, until, { length, seconds: seconds.at(-1) ?? 0, evaluatedAt })
  const [step, loss] = [length - 1, losses.at(-1) ?? 0]
  // Of a lane that diverged no tensors are kept; of one that goes on they are.
  if (!Number.isFinite(loss) || !(finished || tensors.size > 0)) return divergence({ step, loss })
  return finished ? { kind: 'finished', step: length } : undefined
}

/** A trainer among others on one GPU: how far it is, and how long its own steps have taken. */
export class LaneTrack {
  readonly logbook: Logbook
  /** Steps that it may make before it waits for a new goal. */
  goal = 0
  /** Training time of each submitted step whose figures have not been read, in their order. */
  private readonly durations: number[] = []
  private lastDuration = 0
  private divergence: LaneEnd | undefined

  constructor(
    readonly trainer: Trainer,
    private readonly until: Until,
  ) {
    this.logbook = new Logbook(trainer)
  }

  get step(): number {
    return this.trainer.step
  }

  get end(): LaneEnd | undefined {
    const finished = isFinished(this.trainer.network.run, this.until, this.logbook)
    return (
      this.divergence ?? (finished ? { kind: 'finished', step: this.logbook.length } : undefined)
    )
  }

  /** Training time of the steps that the GPU has done. */
  get seconds(): number {
    return this.durations.reduce((sum, duration) => sum + duration, this.logbook.seconds)
  }

  /** What lanes get in equal measure, with the steps under way as long as the last one. */
  get progress(): number {
    if (this.until.kind === 'steps') return this.step
    const underWay = this.step - this.logbook.length - this.durations.length
    return this.seconds + underWay * this.lastDuration
  }

  /** True where no further step is to be made. */
  get trained(): boolean {
    return this.step >= this.trainer.network.run.train.steps || timeUp(this.until, this.seconds)
  }

  /** True at every multiple of `evaluate.every` and after the last step, until it is done. */
  get evaluationDue(): boolean {
    const { evaluate } = this.trainer.network.run
    if (!evaluate || this.step === 0 || this.step === this.logbook.evaluatedAt) return false
    return this.step % evaluate.every === 0 || this.trained
  }

  /** Takes the time of the next step that the GPU has done. */
  took(seconds: number): void {
    this.durations.push(seconds)
    this.lastDuration = seconds
  }

  /** The figures of the steps since the last call, up to the one with which the net diverged. */
  async read(): Promise<TimedStep[]> {
    const records = await this.trainer.readSteps()
    let { seconds } = this.logbook
    const durations = this.durations.splice(0, records.length)
    const timed = records.map((record, i) => {
      seconds += durations[i]!
      return { ...record, seconds }
    })
    const broken = timed.findIndex(diverged)
    if (broken >= 0) this.divergence = divergence(timed[broken]!)
    const known = broken < 0 ? timed : timed.slice(0, broken + 1)
    this.logbook.steps(known)
    return known
  }

  /** Goes on from a checkpoint; of a lane that diverged it holds figures alone. */
  takeUp(checkpoint: Checkpoint): void {
    const end = endOf(checkpoint, this.until)
    if (end?.kind === 'diverged') {
      this.logbook.recall(checkpoint)
      this.divergence = end
    } else this.logbook.restore(checkpoint)
  }

  /** The lane as it stands, once every submitted step's figures have been read. */
  async checkpoint(): Promise<Checkpoint> {
    return this.divergence ? this.logbook.figures() : this.logbook.checkpoint()
  }
}
