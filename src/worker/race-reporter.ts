import { type ComparisonConfig, laneRun } from '../run/comparison'
import type { Checkpoint } from '../train/checkpoint'
import { fingerprint } from '../train/fingerprint'
import { endOf, type LaneEnd } from '../train/lane-track'
import type { TimedStep } from '../train/loop'
import type { MeterReading, MeterStatus } from '../train/meter-reading'
import { trainableNetwork } from '../train/network'
import type { Place, RaceListener, RaceRecord } from '../train/race'
import type { EqualStart } from '../train/start-check'
import type { EvaluationResult } from '../train/trainer'
import { cure } from './cure'
import type { Event, SetBack } from './protocol'
import type { LanePlan, LaneState, RacePhase } from './race-protocol'
import { columns, costOf, pastSteps } from './session'
import { Throughput } from './throughput'

/** Tells the page what a race gives. */
export class RaceReporter implements RaceListener {
  private throughputs: Throughput[] = []
  private gpuBytes: readonly number[] = []
  /** The share of its steps or time that each lane has had with the seed that trains. */
  private shares: number[]
  private since = { at: 0, share: 0 }
  private seedIndex = 0

  constructor(
    private readonly race: number,
    private readonly comparison: ComparisonConfig,
    private readonly post: (event: Event) => void,
    private readonly keep: RaceListener['closed'],
  ) {
    this.shares = comparison.lanes.map(() => 0)
  }

  /** What each lane will take; asks nothing of the GPU. */
  planned(): void {
    const lanes = this.comparison.lanes.map((_, lane) => planOf(this.comparison, lane))
    this.post({ type: 'race-planned', race: this.race, lanes })
  }

  phase(phase: RacePhase): void {
    this.post({ type: 'race-phase', race: this.race, phase })
  }

  /** Tells all that a kept race has given so far. */
  async replay(key: string, record: RaceRecord): Promise<void> {
    this.post({ type: 'race-restored', race: this.race, key, comparison: this.comparison })
    this.recallAll(record)
    for (const [seedIndex, lanes] of record.results.entries()) {
      await this.tellWeights(seedIndex, lanes)
    }
  }

  /** Tells that the race has gone back to where this record was made. */
  wentBack(setBack: SetBack, record: RaceRecord): void {
    this.post({ type: 'race-set-back', race: this.race, setBack })
    this.recallAll(record)
  }

  /** The hashes of the lanes' tensors, where there are any. */
  async tellWeights(seedIndex: number, lanes: readonly Checkpoint[]): Promise<void> {
    for (const [lane, { step, tensors }] of lanes.entries()) {
      if (tensors.size === 0) continue
      const weights = { step, sha256: await fingerprint(tensors) }
      this.post({ type: 'race-weights', race: this.race, lane, seedIndex, weights })
    }
  }

  compiling(lane: number, done: number, total: number): void {
    this.phase({ phase: 'compiling', lane, done, total })
  }

  started(seedIndex: number, start: EqualStart): void {
    this.shares.fill(0)
    this.post({ type: 'race-start', race: this.race, start: { seedIndex, ...start } })
  }

  training(seedIndex: number, gpuBytes: readonly number[]): void {
    const { steps, batchSize } = this.comparison.train
    this.throughputs = gpuBytes.map(() => new Throughput(steps, batchSize))
    this.gpuBytes = gpuBytes
    this.seedIndex = seedIndex
    this.since = { at: performance.now(), share: this.share }
    this.phase({ phase: 'training', seedIndex })
  }

  steps(place: Place, records: readonly TimedStep[]): void {
    const { race, comparison } = this
    const { lane } = place
    if (records[0]!.step === 0) this.state(place, { state: 'training' })
    this.post({ type: 'race-steps', race, ...place, steps: columns(records) })
    const { step, seconds } = records.at(-1)!
    const { imagesPerSecond } = this.throughputs[lane]!.after(step + 1, seconds)
    const stepMs = (1000 * comparison.train.batchSize) / imagesPerSecond
    const speed = { stepMs, imagesPerSecond, gpuBytes: this.gpuBytes[lane]! }
    if (imagesPerSecond > 0) this.post({ type: 'race-speed', race, lane, speed })
    this.shares[lane] = this.shareAt(step + 1, seconds)
    this.tellProgress()
  }

  evaluating({ lane, seedIndex }: Place, step: number, done: number, total: number): void {
    this.phase({ phase: 'evaluating', lane, seedIndex, step, done, total })
  }

  evaluation(place: Place, step: number, result: EvaluationResult): void {
    this.post({
      ...{ type: 'race-evaluation', race: this.race },
      ...place,
      evaluation: { step, ...result },
    })
    this.phase({ phase: 'training', seedIndex: place.seedIndex })
  }

  ended(place: Place, end: LaneEnd): void {
    this.shares[place.lane] = 1
    this.state(place, stateOf(end))
  }

  reading(place: Place, reading: MeterReading): void {
    this.post({ type: 'race-meter', race: this.race, ...place, reading })
  }

  meterStatus(lane: number, status: MeterStatus): void {
    this.post({ type: 'race-meter-status', race: this.race, lane, status })
  }

  async closed(seedIndex: number, lanes: readonly Checkpoint[]): Promise<void> {
    await this.tellWeights(seedIndex, lanes)
    await this.keep(seedIndex, lanes)
  }

  private recallAll({ starts, results }: RaceRecord): void {
    this.planned()
    for (const [seedIndex, start] of starts.entries()) this.started(seedIndex, start)
    for (const [seedIndex, lanes] of results.entries()) {
      for (const [lane, checkpoint] of lanes.entries()) this.recall({ lane, seedIndex }, checkpoint)
    }
  }

  /** Tells what a kept lane has given so far. */
  private recall(place: Place, checkpoint: Checkpoint): void {
    const { race, comparison } = this
    const { step, seconds } = checkpoint
    if (step > 0) this.post({ type: 'race-steps', race, ...place, steps: pastSteps(checkpoint) })
    for (const evaluation of checkpoint.evaluations) {
      this.post({ type: 'race-evaluation', race, ...place, evaluation })
    }
    const end = endOf(checkpoint, comparison.until)
    if (end) this.state(place, stateOf(end))
    else if (step > 0) this.state(place, { state: 'training' })
    this.shares[place.lane] = end ? 1 : this.shareAt(step, seconds.at(-1) ?? 0)
  }

  private state(place: Place, state: LaneState): void {
    this.post({ type: 'race-lane', race: this.race, ...place, state })
  }

  private shareAt(steps: number, seconds: number): number {
    const { until, train } = this.comparison
    const share = steps / train.steps
    return Math.min(1, until.kind === 'time' ? Math.max(share, seconds / until.seconds) : share)
  }

  private get share(): number {
    const mean = this.shares.reduce((sum, share) => sum + share, 0) / this.shares.length
    return (this.seedIndex + mean) / this.comparison.seeds
  }

  private tellProgress(): void {
    const { share, since } = this
    const rate = (share - since.share) / (performance.now() - since.at)
    const secondsLeft = rate > 0 ? (1 - share) / rate / 1000 : 0
    this.post({ type: 'race-progress', race: this.race, progress: { share, secondsLeft } })
  }
}

function planOf(comparison: ComparisonConfig, lane: number): LanePlan {
  try {
    return costOf(trainableNetwork(laneRun(comparison, lane, 0)))
  } catch (error) {
    return { message: (error as Error).message, remedy: cure(error) }
  }
}

function stateOf(end: LaneEnd): LaneState {
  const { step } = end
  if (end.kind === 'finished') return { state: 'finished', step }
  return { state: 'diverged', step, message: end.message }
}
