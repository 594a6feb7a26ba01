import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs'
import { readCifarFolder } from '../data/folder'
import type { ImageSource } from '../data/images'
import { Sampler } from '../data/sampler'
import { shapes10 } from '../data/shapes10'
import { PipelineCache } from '../gpu/pipelines'
import { parseRun, type RunConfig } from '../run/config'
import { type Listener, TrainingLoop } from '../train/loop'
import { trainableNetwork } from '../train/network'
import { misfits, readSafetensors, writeSafetensors } from '../train/safetensors'
import { Trainer } from '../train/trainer'
import { openNodeDevice } from './adapter'
import type { Arguments } from './arguments'
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
  const tensors = readSafetensors(readFileSync(file))
  const problems = misfits(trainer.network.parameters.plans, tensors)
  if (problems.length > 0) throw new Error(`${file}: ${problems.join('; ')}`)
  for (const { name } of trainer.network.parameters.plans) {
    trainer.setTensor(name, tensors.get(name)!.data)
  }
}

/** A log of JSON lines, or nothing where none was asked for. */
class JsonLog {
  private readonly file: number | undefined

  constructor(path: string | undefined) {
    this.file = path === undefined ? undefined : openSync(path, 'w')
  }

  write(lines: readonly object[]): void {
    if (this.file === undefined || lines.length === 0) return
    writeSync(this.file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  }

  close(): void {
    if (this.file !== undefined) closeSync(this.file)
  }
}

function listener(log: JsonLog, progress: ProgressLine): Listener {
  return {
    steps(records) {
      log.write(records)
      progress.training(records.at(-1)!)
    },
    evaluating: (done, total) => progress.evaluating(done, total),
    evaluation(step, evaluation) {
      log.write([{ step, evaluation }])
      progress.evaluation(step, evaluation)
    },
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
  const log = new JsonLog(asked.log)
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
    const loop = new TrainingLoop(trainer, listener(log, progress))
    if (asked.gradients) {
      await loop.run(() => trainer.step > 0)
      writeFileSync(asked.gradients, writeSafetensors(await trainer.readGradients()))
    }
    const end = await loop.run(() => interrupted)
    if (asked.save) writeFileSync(asked.save, writeSafetensors(await trainer.readTensors()))
    return end === 'finished' ? 0 : INTERRUPTED
  } finally {
    log.close()
    endPacing()
  }
}
