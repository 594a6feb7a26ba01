import { readFileSync } from 'node:fs'
import { readCifarFolder } from '../data/folder'
import type { ImageSource } from '../data/images'
import { Sampler } from '../data/sampler'
import { shapes10 } from '../data/shapes10'
import { PipelineCache } from '../gpu/pipelines'
import { parseRun, type RunConfig } from '../run/config'
import { fingerprint } from '../train/fingerprint'
import { Logbook } from '../train/logbook'
import { type Listener, type LoopEnd, TrainingLoop } from '../train/loop'
import { memorySummary } from '../train/memory-summary'
import { trainableNetwork } from '../train/network'
import { misfits, readSafetensors, writeSafetensors } from '../train/safetensors'
import { Trainer } from '../train/trainer'
import { choiceFor } from '../tuning/table'
import { openNodeDevice } from './adapter'
import type { Arguments } from './arguments'
import { readCheckpoint, resume, writeCheckpoint } from './checkpoints'
import { JsonLog } from './log'
import { memoryLines } from './memory-plan'
import { paceEventLoop } from './pace'
import { ProgressLine } from './progress'
import { writeWhole } from './whole-file'

const INTERRUPTED = 130

function readRun({ run: file, steps }: Arguments): RunConfig {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    throw new Error(`${file}: no such run file`)
  }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new Error(`${file}: not JSON (${(error as Error).message})`)
  }
  const run = parseRun(json)
  return steps === undefined ? run : { ...run, train: { ...run.train, steps } }
}

async function openData({ data: config }: RunConfig, folder?: string): Promise<ImageSource> {
  if (config.name === 'shapes10') return shapes10()
  if (folder === undefined) {
    throw new Error('data.name is "cifar10": say where it is with --data DIR (or the .tar.gz)')
  }
  return readCifarFolder(folder, config)
}

function loadInitial(trainer: Trainer, file: string): void {
  const tensors = readSafetensors(readInput(file))
  const problems = misfits(trainer.network.parameters.plans, tensors)
  if (problems.length > 0) throw new Error(`${file}: ${problems.join('; ')}`)
  for (const { name } of trainer.network.parameters.plans) {
    trainer.setTensor(name, tensors.get(name)!.data)
  }
}

function readInput(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch {
    throw new Error(`${file}: no such file`)
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

/** Trains to the end, and calls `save` after every `every` steps before it. */
async function trainInParts(
  trainer: Trainer,
  loop: TrainingLoop,
  every: number | undefined,
  save: () => Promise<void>,
  interrupted: () => boolean,
): Promise<LoopEnd> {
  const interval = every ?? Number.POSITIVE_INFINITY
  for (;;) {
    const next = (Math.floor(trainer.step / interval) + 1) * interval
    const end = await loop.run(() => interrupted() || trainer.step >= next)
    if (end === 'finished' || interrupted()) return end
    await save()
  }
}

/** What the run will take on the GPU; asks no device. */
export function plannedMemory(asked: Arguments): string[] {
  return memoryLines(memorySummary(trainableNetwork(readRun(asked))))
}

/** Trains as the arguments say and returns the exit code. Ctrl-C ends it after the step. */
export async function train(asked: Arguments): Promise<number> {
  const run = readRun(asked)
  const source = await openData(run, asked.data)
  const past = asked.resume
    ? await readCheckpoint(asked.resume, readInput(asked.resume))
    : undefined
  const gpu = await openNodeDevice(asked.adapter)
  const progress = new ProgressLine(run.train.steps, run.train.batchSize)
  progress.line(`${gpu.info.name}${gpu.info.software ? ' (computes in software)' : ''}`)
  const network = trainableNetwork(run, { choose: choiceFor(gpu.info, {}, past) })
  for (const line of memoryLines(memorySummary(network))) progress.line(line)
  const endPacing = paceEventLoop()
  let log: JsonLog | undefined
  let interrupted = false
  process.once('SIGINT', () => {
    interrupted = true
  })
  try {
    const sampler = new Sampler(source, run)
    const trainer = await Trainer.create(
      gpu,
      new PipelineCache(gpu.device),
      network,
      sampler,
      (done, total) => progress.compiling(done, total),
    )
    if (asked.init) loadInitial(trainer, asked.init)
    const logbook = new Logbook(trainer)
    if (past) resume(logbook, asked.resume!, past)
    if (asked.log) log = asked.resume ? JsonLog.resume(asked.log, logbook) : new JsonLog(asked.log)
    const loop = new TrainingLoop(trainer, listener(log, progress, logbook), logbook)
    if (asked.gradients) {
      const first = trainer.step
      await loop.run(() => trainer.step > first)
      writeWhole(asked.gradients, writeSafetensors(await trainer.readGradients()))
    }
    const save = async () => {
      log?.flush()
      if (asked.checkpoint) await writeCheckpoint(logbook, asked.checkpoint)
    }
    const end = await trainInParts(trainer, loop, asked.checkpointEvery, save, () => interrupted)
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
