import { DoesNotFit } from '../autograd/program'
import type { ImageSource } from '../data/images'
import { Sampler } from '../data/sampler'
import type { Gpu } from '../gpu/device'
import type { PipelineCache } from '../gpu/pipelines'
import { type ComparisonConfig, laneRun } from '../run/comparison'
import { choiceFor, type Winners } from '../tuning/table'
import { checkOps, NONE_WRONG, type Wrong } from '../tuning/wrong'
import type { Checkpoint } from './checkpoint'
import { endOf, type LaneEnd, LaneTrack } from './lane-track'
import { LockStep } from './lock-step'
import { type Errand, errandOf, type LoopEnd, type TimedStep } from './loop'
import type { MeterReading, MeterStatus } from './meter-reading'
import { Meters } from './meters'
import { trainableNetwork } from './network'
import { compareStarts, type EqualStart } from './start-check'
import { type EvaluationResult, Trainer } from './trainer'

/** Which lane, and with which seed: both are counted from 0. */
export interface Place {
  lane: number
  seedIndex: number
}

export interface RaceListener {
  compiling(lane: number, done: number, total: number): void
  /** A seed's lanes are on the GPU and have made no step yet. */
  started(seedIndex: number, start: EqualStart): void
  /** A seed's lanes begin or go on to train; the bytes of each lane's buffers. */
  training(seedIndex: number, gpuBytes: readonly number[]): void
  steps(place: Place, records: readonly TimedStep[]): void
  evaluating(place: Place, step: number, done: number, total: number): void
  evaluation(place: Place, step: number, result: EvaluationResult): void
  ended(place: Place, end: LaneEnd): void
  reading(place: Place, reading: MeterReading): void
  meterStatus(lane: number, status: MeterStatus): void
  /** Every lane has ended with a seed; of those that diverged there are figures alone. */
  closed(seedIndex: number, lanes: readonly Checkpoint[]): Promise<void>
}

/** All that a race has given so far, and all that it needs to go on. */
export interface RaceRecord {
  /** What the lanes' kept runs are named by, where they are kept. */
  key?: string
  comparison: ComparisonConfig
  /** Seed by seed, as far as they have begun. */
  starts: readonly EqualStart[]
  /** Seed by seed and lane by lane; figures alone where nothing is to go on. */
  results: readonly (readonly Checkpoint[])[]
}

/** What a race trains on. */
export interface Ground {
  gpu: Gpu
  cache: PipelineCache
  source: ImageSource
  /** The fastest kernels that are known of this GPU. */
  winners: Winners
  /** As the self-test found. */
  wrong?: Wrong
}

/** A lane that cannot train, with what to do about it. */
export class LaneFault extends Error {
  override name = 'LaneFault'

  constructor(
    readonly lane: number,
    message: string,
    readonly remedy: string,
  ) {
    super(message)
  }
}

/** A comparison's lanes side by side on one GPU, with one seed after another. */
export class Race {
  /** The lanes' signal meters. */
  readonly meters: Meters
  private readonly starts: EqualStart[]
  /** Of the seeds with which every lane has ended. */
  private readonly results: (readonly Checkpoint[])[]
  /** The lanes with the seed that trains, on the GPU or off it. */
  private onGpu: { tracks: LaneTrack[]; lockStep: LockStep } | undefined
  /** Where those lanes go on from once they are off the GPU. */
  private parked: readonly Checkpoint[] | undefined

  constructor(
    readonly comparison: ComparisonConfig,
    private readonly listener: RaceListener,
    record?: RaceRecord,
  ) {
    this.meters = new Meters({
      reading: (lane, reading) => listener.reading({ lane, seedIndex: this.seedIndex }, reading),
      meterStatus: (lane, status) => listener.meterStatus(lane, status),
    })
    this.starts = [...(record?.starts ?? [])]
    this.results = [...(record?.results ?? [])]
    const last = this.results.at(-1)
    if (last && !this.allEnded(last)) this.parked = this.results.pop()
  }

  /** The seed that trains, counted from 0: as many as there are once the race is over. */
  get seedIndex(): number {
    return this.results.length
  }

  /** True where losing the device would lose steps. */
  get onDevice(): boolean {
    return this.onGpu !== undefined
  }

  get finished(): boolean {
    return this.seedIndex === this.comparison.seeds
  }

  /** Steps that each lane has made with the seed that trains. */
  get steps(): readonly number[] {
    const { tracks } = this.onGpu ?? {}
    if (tracks) return tracks.map(({ step }) => step)
    return this.parked?.map(({ step }) => step) ?? this.comparison.lanes.map(() => 0)
  }

  /** Bytes of each lane's buffers that exist now. */
  get gpuBytes(): readonly number[] {
    return this.onGpu?.tracks.map(({ trainer }) => trainer.gpuBytes) ?? []
  }

  /**
   * Trains so many rounds, or until the race is over, or until `stopped` says so. Throws
   * `LaneFault` where a lane cannot train.
   */
  async run(
    ground: Ground,
    rounds: number,
    stopped: () => boolean,
    errand?: Errand,
  ): Promise<LoopEnd> {
    const errands = errandOf([this.meters, ...(errand ? [errand] : [])])
    while (!this.finished) {
      this.onGpu ??= await this.prepare(ground)
      this.listener.training(this.seedIndex, this.gpuBytes)
      if ((await this.onGpu.lockStep.run(rounds, stopped, errands)) === 'stopped') return 'stopped'
      await this.close()
      if (Number.isFinite(rounds) || stopped()) break
    }
    return this.finished ? 'finished' : 'stopped'
  }

  /** The race as it stands, once every submitted step's figures have been read. */
  async record(): Promise<RaceRecord> {
    this.parked = await this.current()
    return this.lastRecord
  }

  /** The race as it was when it was last recorded or parked. */
  get lastRecord(): RaceRecord {
    const { comparison, starts, parked } = this
    const results = parked ? [...this.results, parked] : [...this.results]
    return { comparison, starts: [...starts], results }
  }

  /** Frees the GPU; the race goes on from where it is, to the bit. */
  async park(): Promise<void> {
    this.parked = await this.current()
    this.destroy()
  }

  /** One reading of every lane that has not ended, now: for a race at rest. */
  async readMeters(ground: Ground): Promise<void> {
    if (this.finished) return
    this.onGpu ??= await this.prepare(ground)
    this.meters.ask()
    await this.meters.settle()
  }

  /** Frees the GPU; the race goes on from its last record, or from where it was last parked. */
  destroy(): void {
    this.meters.release()
    for (const { trainer } of this.onGpu?.tracks ?? []) trainer.destroy()
    this.onGpu = undefined
  }

  private allEnded(results: readonly Checkpoint[]): boolean {
    return results.every((checkpoint) => endOf(checkpoint, this.comparison.until))
  }

  /** The lanes with the seed that trains; of those that diverged the figures alone. */
  private async current(): Promise<readonly Checkpoint[] | undefined> {
    if (!this.onGpu) return this.parked
    const checkpoints: Checkpoint[] = []
    for (const track of this.onGpu.tracks) checkpoints.push(await track.checkpoint())
    return checkpoints
  }

  /** Every lane has ended: the last seed's weights are kept, those of the others are not. */
  private async close(): Promise<void> {
    const lanes = (await this.current())!
    await this.listener.closed(this.seedIndex, lanes)
    const isLast = this.seedIndex + 1 === this.comparison.seeds
    this.results.push(isLast ? lanes : lanes.map(figuresOf))
    this.parked = undefined
    this.destroy()
  }

  /** Compiles the lanes' nets and puts them where they were, or at their start. */
  private async prepare(ground: Ground) {
    const { comparison, listener, seedIndex, parked } = this
    const tracks: LaneTrack[] = []
    try {
      for (const lane of comparison.lanes.keys()) tracks.push(await this.createTrack(ground, lane))
      if (parked) for (const [i, track] of tracks.entries()) track.takeUp(parked[i]!)
      else {
        const start = await compareStarts(tracks.map(({ trainer }) => trainer))
        this.starts[seedIndex] = start
        listener.started(seedIndex, start)
      }
    } catch (error) {
      for (const { trainer } of tracks) trainer.destroy()
      throw error
    }
    await this.meters.begin({ gpu: ground.gpu, cache: ground.cache, tracks })
    const place = (lane: number): Place => ({ lane, seedIndex })
    const lockStep = new LockStep(ground.gpu.device.queue, tracks, comparison.until, {
      steps: (lane, records) => listener.steps(place(lane), records),
      evaluating: (lane, done, total) =>
        listener.evaluating(place(lane), tracks[lane]!.step, done, total),
      evaluation: (lane, step, result) => listener.evaluation(place(lane), step, result),
      ended: (lane, end) => listener.ended(place(lane), end),
    })
    return { tracks, lockStep }
  }

  private async createTrack(ground: Ground, lane: number): Promise<LaneTrack> {
    const { comparison, listener, seedIndex, parked } = this
    const { gpu, cache, source, winners, wrong = NONE_WRONG } = ground
    checkOps(gpu.info, wrong)
    const run = laneRun(comparison, lane, seedIndex)
    try {
      const choose = choiceFor(gpu.info, winners, parked?.[lane], wrong)
      const network = trainableNetwork(run, { choose })
      const sampler = new Sampler(source, run)
      const trainer = await Trainer.create(gpu, cache, network, sampler, (done, total) =>
        listener.compiling(lane, done, total),
      )
      return new LaneTrack(trainer, comparison.until)
    } catch (error) {
      if (error instanceof DoesNotFit) throw this.faultOf(lane, error)
      throw error
    }
  }

  private faultOf(lane: number, { message, remedy }: DoesNotFit): LaneFault {
    const { name } = this.comparison.lanes[lane]!
    if (lane === 0) return new LaneFault(lane, `Lane "${name}": ${message}`, remedy)
    return new LaneFault(
      lane,
      `Lane "${name}" does not fit beside the ${lane} before it. ${message}`,
      `Train ${lane} ${lane === 1 ? 'lane' : 'lanes'} at once, or lower the batch size.`,
    )
  }
}

function figuresOf(checkpoint: Checkpoint): Checkpoint {
  return { ...checkpoint, tensors: new Map(), velocities: new Map() }
}
