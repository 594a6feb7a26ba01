import { Sampler } from '../data/sampler'
import type { Gpu } from '../gpu/device'
import { PipelineCache } from '../gpu/pipelines'
import { laneRun } from '../run/comparison'
import type { RunConfig } from '../run/config'
import { fingerprint } from '../train/fingerprint'
import { Logbook } from '../train/logbook'
import { type Errand, type Listener, type LoopEnd, TrainingLoop } from '../train/loop'
import { memorySummary } from '../train/memory-summary'
import { Metering } from '../train/metering'
import { trainableNetwork } from '../train/network'
import { misfits, readSafetensors, writeSafetensors } from '../train/safetensors'
import { Trainer } from '../train/trainer'
import { choiceFor } from '../tuning/table'
import { openNodeDevice } from './adapter'
import type { Arguments } from './arguments'
import { readCheckpoint, resume, writeCheckpoint } from './checkpoints'
import { INTERRUPTED } from './exit-codes'
import { openData, readConfig, readInput } from './inputs'
import { JsonLog, meterLine } from './log'
import { lanesMemory, memoryLines } from './memory-plan'
import { paceEventLoop } from './pace'
import { ProgressLine } from './progress'
import { trainComparison } from './race'
import { tuned } from './tuning'
import { tuningFile } from './tuning-file'
import { writeWhole } from './whole-file'

function loadInitial(trainer: Trainer, file: string): void {
  const tensors = readSafetensors(readInput(file))
  const problems = misfits(trainer.network.parameters.plans, tensors)
  if (problems.length > 0) throw new Error(`${file}: ${problems.join('; ')}`)
  for (const { name } of trainer.network.parameters.plans) {
    trainer.setTensor(name, tensors.get(name)!.data)
  }
}

function listener(log: JsonLog | undefined, progress: ProgressLine, logbook: Logbook): Listener {
  return {
    steps(records) {
      logbook.steps(records)
      log?.write(records)
      progress.training(records.at(-1)!)
    },
    evaluating: (done, total) => progress.evaluating(done, total),
    evaluation(step, evaluation) {
      logbook.evaluation({ step, ...evaluation })
      log?.write([{ step, evaluation }])
      progress.evaluation(step, evaluation)
    },
  }
}

/** Reads the signal meter into the log. */
function meteringOf(
  gpu: Gpu,
  cache: PipelineCache,
  trainer: Trainer,
  every: number,
  log: JsonLog,
  progress: ProgressLine,
): Metering {
  return new Metering(gpu, cache, trainer, every, {
    reading: (reading) => log.write([meterLine(reading)]),
    status(status) {
      if (status.state === 'compiling') progress.compiling(status.done, status.total)
      if (status.state === 'on') {
        progress.line(`signal meter: ${(status.bytes / 1e6).toFixed(1)} MB beside the run`)
      }
      if (status.state === 'failed') progress.line(`${status.message} ${status.remedy}`)
    },
  })
}

/** Trains to the end, and calls `save` after every `every` steps before it. */
async function trainInParts(
  trainer: Trainer,
  loop: TrainingLoop,
  every: number | undefined,
  save: () => Promise<void>,
  interrupted: () => boolean,
  errand?: Errand,
): Promise<LoopEnd> {
  const interval = every ?? Number.POSITIVE_INFINITY
  for (;;) {
    const next = (Math.floor(trainer.step / interval) + 1) * interval
    const end = await loop.run(() => interrupted() || trainer.step >= next, errand)
    if (end === 'finished' || interrupted()) return end
    await save()
  }
}

/** What the run, or each lane of a comparison, will take on the GPU; asks no device. */
export function plannedMemory({ run: file, steps }: Arguments): string[] {
  const config = readConfig(file, steps)
  if (!('lanes' in config)) return memoryLines(memorySummary(trainableNetwork(config)))
  const summaries = config.lanes.map((_, lane) =>
    memorySummary(trainableNetwork(laneRun(config, lane, 0))),
  )
  return lanesMemory(config, summaries)
}

/** Trains as the arguments say and returns the exit code. Ctrl-C ends it after the step. */
export async function train(asked: Arguments): Promise<number> {
  const config = readConfig(asked.run, asked.steps)
  return 'lanes' in config ? trainComparison(asked, config) : trainRun(asked, config)
}

async function trainRun(asked: Arguments, run: RunConfig): Promise<number> {
  const source = await openData(run.data, asked.data)
  const past = asked.resume
    ? await readCheckpoint(asked.resume, readInput(asked.resume))
    : undefined
  const gpu = await openNodeDevice(asked.adapter)
  const progress = new ProgressLine(run.train.steps, run.train.batchSize)
  progress.line(`${gpu.info.name}${gpu.info.software ? ' (computes in software)' : ''}`)
  const endPacing = paceEventLoop()
  let log: JsonLog | undefined
  let interrupted = false
  process.once('SIGINT', () => {
    interrupted = true
  })
  try {
    const cache = new PipelineCache(gpu.device)
    const winners = asked.tune
      ? await tuned(
          gpu,
          cache,
          trainableNetwork(run).convolutions,
          tuningFile(asked.tune),
          progress,
          () => interrupted,
        )
      : {}
    const network = trainableNetwork(run, { choose: choiceFor(gpu.info, winners, past) })
    for (const line of memoryLines(memorySummary(network))) progress.line(line)
    const sampler = new Sampler(source, run)
    const trainer = await Trainer.create(gpu, cache, network, sampler, (done, total) =>
      progress.compiling(done, total),
    )
    if (asked.init) loadInitial(trainer, asked.init)
    const logbook = new Logbook(trainer)
    if (past) resume(logbook, asked.resume!, past)
    if (asked.log) log = asked.resume ? JsonLog.resume(asked.log, logbook) : new JsonLog(asked.log)
    const loop = new TrainingLoop(trainer, listener(log, progress, logbook), logbook)
    const { meter: every } = asked
    const metering = every ? meteringOf(gpu, cache, trainer, every, log!, progress) : undefined
    await metering?.compile()
    if (asked.gradients) {
      const first = trainer.step
      await loop.run(() => trainer.step > first, metering)
      writeWhole(asked.gradients, writeSafetensors(await trainer.readGradients()))
    }
    const save = async () => {
      log?.flush()
      if (asked.checkpoint) await writeCheckpoint(logbook, asked.checkpoint)
    }
    const end = await trainInParts(
      trainer,
      loop,
      asked.checkpointEvery,
      save,
      () => interrupted,
      metering,
    )
    const tensors = await trainer.readTensors()
    const weights = await fingerprint(tensors)
    progress.line(`weights after step ${trainer.step}: sha256 ${weights}`)
    log?.end(weights)
    await save()
    if (asked.save) writeWhole(asked.save, writeSafetensors(tensors))
    return end === 'finished' ? 0 : INTERRUPTED
  } finally {
    log?.close()
    endPacing()
  }
}
