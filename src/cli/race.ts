import { PipelineCache } from '../gpu/pipelines'
import type { ComparisonConfig } from '../run/comparison'
import type { Checkpoint } from '../train/checkpoint'
import { fingerprint } from '../train/fingerprint'
import type { LoopEnd } from '../train/loop'
import { Race, type RaceListener, type RaceRecord } from '../train/race'
import { decodeRace, encodeRace } from '../train/race-file'
import { writeSafetensors } from '../train/safetensors'
import type { EqualStart } from '../train/start-check'
import { openNodeDevice } from './adapter'
import { type Arguments, UsageError } from './arguments'
import { INTERRUPTED } from './exit-codes'
import { openData, readInput } from './inputs'
import { laneFile } from './lane-file'
import { meterLine } from './log'
import { paceEventLoop } from './pace'
import { ProgressLine } from './progress'
import { RaceLog } from './race-log'
import { writeWhole } from './whole-file'

async function readRace(file: string, comparison: ComparisonConfig): Promise<RaceRecord> {
  let record: RaceRecord
  try {
    record = await decodeRace(readInput(file))
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`)
  }
  if (JSON.stringify(record.comparison) === JSON.stringify(comparison)) return record
  throw new Error(`${file}: it is of a comparison with other lanes or settings`)
}

/** Writes what a race gives to the log, the terminal and the lanes' files. */
class Report implements RaceListener {
  constructor(
    private readonly comparison: ComparisonConfig,
    private readonly progress: ProgressLine,
    private readonly log: RaceLog | undefined,
    private readonly saveAs: string | undefined,
  ) {}

  compiling(lane: number, done: number, total: number): void {
    this.progress.show(`${this.name(lane)}: compiling kernels: ${done} of ${total}`)
  }

  started(_: number, start: EqualStart): void {
    for (const line of startLines(start)) this.progress.line(line)
  }

  training(): void {}

  steps: RaceListener['steps'] = (place, records) => {
    this.log?.write(place, records)
    const { step, loss, seconds } = records.at(-1)!
    const { steps } = this.comparison.train
    const stepMs = (1000 * seconds) / (step + 1)
    this.progress.show(
      `${this.name(place.lane)}: step ${step + 1} of ${steps}  loss ${loss.toFixed(4)}  ` +
        `${stepMs.toFixed(1)} ms a step`,
    )
  }

  evaluating: RaceListener['evaluating'] = ({ lane }, _, done, total) => {
    this.progress.show(`${this.name(lane)}: evaluating: ${done} of ${total} images`)
  }

  evaluation: RaceListener['evaluation'] = (place, step, evaluation) => {
    this.log?.write(place, [{ step, evaluation }])
    this.progress.evaluation(step, evaluation, `${this.name(place.lane)}: `)
  }

  reading: RaceListener['reading'] = (place, reading) => {
    this.log?.write(place, [meterLine(reading)])
  }

  meterStatus: RaceListener['meterStatus'] = (lane, status) => {
    if (status.state === 'failed') this.progress.line(`${this.name(lane)}: ${status.message}`)
  }

  ended: RaceListener['ended'] = (place, end) => {
    if (end.kind === 'finished') return
    this.log?.write(place, [{ step: end.step, diverged: end.message }])
    this.progress.line(`${this.name(place.lane)}: ${end.message}`)
  }

  async closed(seedIndex: number, lanes: readonly Checkpoint[]): Promise<void> {
    for (const [lane, { step, tensors }] of lanes.entries()) {
      if (tensors.size === 0) continue
      const weights = await fingerprint(tensors)
      this.log?.write({ lane, seedIndex }, [{ step, weights }])
      this.progress.line(`${this.name(lane)}: weights after step ${step}: sha256 ${weights}`)
      if (this.saveAs === undefined) continue
      writeWhole(
        laneFile(this.saveAs, this.comparison, { lane, seedIndex }),
        writeSafetensors(tensors),
      )
    }
  }

  private name(lane: number): string {
    return this.comparison.lanes[lane]!.name
  }
}

function startLines({ batches, sharedTensors, sharedValues, unequal }: EqualStart): string[] {
  const same = new Set(batches).size === 1
  return [
    `first batch: ${same ? 'the same in every lane' : 'NOT the same in every lane'}, sha256 ${batches[0]}`,
    `tensors of one name and shape: ${sharedTensors} with ${sharedValues} numbers, ` +
      (unequal.length === 0 ? 'bit-equal in their lanes' : `NOT equal: ${unequal.join(', ')}`),
  ]
}

/** Trains, and calls `save` after every `every` steps of the lanes. */
async function trainInParts(
  race: Race,
  ground: Parameters<Race['run']>[0],
  every: number | undefined,
  save: () => Promise<void>,
  interrupted: () => boolean,
): Promise<LoopEnd> {
  for (;;) {
    const rounds = every ? every - (Math.min(...race.steps) % every) : Number.POSITIVE_INFINITY
    const end = await race.run(ground, rounds, interrupted)
    if (end === 'finished' || interrupted()) return end
    await save()
  }
}

/**
 * Trains a comparison's lanes as the arguments say and returns the exit code. Ctrl-C ends it after
 * the round.
 */
export async function trainComparison(
  asked: Arguments,
  comparison: ComparisonConfig,
): Promise<number> {
  for (const option of ['init', 'gradients'] as const) {
    if (asked[option] === undefined) continue
    throw new UsageError(
      `--${option} is for a run: the lanes of a comparison start from their seed`,
    )
  }
  const source = await openData(comparison.data, asked.data)
  const past = asked.resume ? await readRace(asked.resume, comparison) : undefined
  const gpu = await openNodeDevice(asked.adapter)
  const { steps, batchSize } = comparison.train
  const progress = new ProgressLine(steps, batchSize)
  progress.line(`${gpu.info.name}${gpu.info.software ? ' (computes in software)' : ''}`)
  const endPacing = paceEventLoop()
  let log: RaceLog | undefined
  let interrupted = false
  process.once('SIGINT', () => {
    interrupted = true
  })
  try {
    if (asked.log) log = past ? RaceLog.resume(asked.log, past) : new RaceLog(asked.log, comparison)
    const report = new Report(comparison, progress, log, asked.save)
    const race = new Race(comparison, report, past)
    if (asked.meter) race.meters.setEvery(asked.meter)
    const save = async () => {
      if (asked.checkpoint) writeWhole(asked.checkpoint, await encodeRace(await race.record()))
    }
    const ground = { gpu, cache: new PipelineCache(gpu.device), source, winners: {} }
    const end = await trainInParts(race, ground, asked.checkpointEvery, save, () => interrupted)
    await save()
    return end === 'finished' ? 0 : INTERRUPTED
  } finally {
    log?.close()
    endPacing()
  }
}
