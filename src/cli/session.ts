import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs'
import { readCifarFolder } from '../data/folder'
import type { ImageSource } from '../data/images'
import { Sampler } from '../data/sampler'
import { shapes10 } from '../data/shapes10'
import { PipelineCache } from '../gpu/pipelines'
import { parseRun, type RunConfig } from '../run/config'
import { type Listener, type LoopEnd, TrainingLoop } from '../train/loop'
import { trainableNetwork } from '../train/network'
import { misfits, readSafetensors, writeSafetensors } from '../train/safetensors'
import { Trainer } from '../train/trainer'
import { openNodeDevice } from './adapter'
import type { Arguments } from './arguments'
import { CheckpointKeeper } from './checkpoints'
import { paceEventLoop } from './pace'
import { ProgressLine } from './progress'

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

/** A log of JSON lines, or nothing where none was asked for. */
class JsonLog {
  private readonly file: number | undefined

  /** A resumed run's lines follow those that are there. */
  constructor(path: string | undefined, resumed: boolean) {
    this.file = path === undefined ? undefined : openSync(path, resumed ? 'a' : 'w')
  }

  write(lines: readonly object[]): void {
    if (this.file === undefined || lines.length === 0) return
    writeSync(this.file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  }

  close(): void {
    if (this.file !== undefined) closeSync(this.file)
  }
}

function listener(log: JsonLog, progress: ProgressLine, keeper: CheckpointKeeper): Listener {
  return {
    steps(records) {
      keeper.steps(records)
      log.write(records)
      progress.training(records.at(-1)!)
    },
    evaluating: (done, total) => progress.evaluating(done, total),
    evaluation(step, evaluation) {
      keeper.evaluation({ step, ...evaluation })
      log.write([{ step, evaluation }])
      progress.evaluation(step, evaluation)
    },
  }
}

/** Trains to the end, with a checkpoint after every `every` steps and after the last. */
async function trainInParts(
  trainer: Trainer,
  loop: TrainingLoop,
  keeper: CheckpointKeeper,
  every = Number.POSITIVE_INFINITY,
  interrupted: () => boolean,
): Promise<LoopEnd> {
  for (;;) {
    const next = (Math.floor(trainer.step / every) + 1) * every
    const end = await loop.run(() => interrupted() || trainer.step >= next)
    await keeper.write()
    if (end === 'finished' || interrupted()) return end
  }
}

/** Trains as the arguments say and returns the exit code. Ctrl-C ends it after the step. */
export async function train(asked: Arguments): Promise<number> {
  const run = readRun(asked)
  const network = trainableNetwork(run)
  const source = await openData(run, asked.data)
  const gpu = await openNodeDevice(asked.adapter)
  const progress = new ProgressLine(run.train.steps, run.train.batchSize)
  progress.line(`${gpu.info.name}${gpu.info.software ? ' (computes in software)' : ''}`)
  const endPacing = paceEventLoop()
  const log = new JsonLog(asked.log, asked.resume !== undefined)
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
    const keeper = new CheckpointKeeper(trainer, asked.checkpoint)
    if (asked.resume) await keeper.resume(asked.resume, readInput(asked.resume))
    const loop = new TrainingLoop(trainer, listener(log, progress, keeper), keeper.evaluatedAt)
    if (asked.gradients) {
      const first = trainer.step
      await loop.run(() => trainer.step > first)
      writeFileSync(asked.gradients, writeSafetensors(await trainer.readGradients()))
    }
    const end = await trainInParts(trainer, loop, keeper, asked.checkpointEvery, () => interrupted)
    if (asked.save) writeFileSync(asked.save, writeSafetensors(await trainer.readTensors()))
    return end === 'finished' ? 0 : INTERRUPTED
  } finally {
    log.close()
    endPacing()
  }
}
