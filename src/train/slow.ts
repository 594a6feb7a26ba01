import { DoesNotFit, Program } from '../autograd/program'
import type { Gpu } from '../gpu/device'
import type { PipelineCache } from '../gpu/pipelines'
import type { MapShape } from '../models/plan'
import { lossGradients } from '../shaders/loss-scale/loss-scale'
import type { Variable } from '../shaders/op'
import { byteLength, unpack } from '../shaders/tensor'
import { type SlowNetwork, slowNetwork } from './slow-network'
import { type Picture, SHOWN_CHANNELS, type SlowStep, type TensorUpdate } from './slow-step'
import type { NamedTensors, Trainer } from './trainer'

const PART = 'showing'

/**
 * A trainer's next step taken apart: first by a program of its own, on the same weights, pictures
 * and random draws, whose tensors are read; then `makeStep` makes the step, with the bits that it
 * would have had. Undefined where `makeStep` made none. Throws `DoesNotFit` where there is no room
 * beside the run.
 */
export async function slowStep(
  gpu: Gpu,
  cache: PipelineCache,
  trainer: Trainer,
  makeStep: () => Promise<void>,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<SlowStep | undefined> {
  const network = slowNetwork(trainer.network.run)
  const program = await programOf(gpu, cache, network, onProgress)
  const { step } = trainer
  try {
    await gpu.device.queue.onSubmittedWorkDone()
    trainer.lend(program, network)
    const shown = await show(program, network)
    const before = await trainer.readTensors()
    await makeStep()
    if (trainer.step === step) return undefined
    const updates = updatesOf(trainer, before, await trainer.readTensors())
    return { step, ...shown, updates }
  } finally {
    program.destroy()
  }
}

async function programOf(
  gpu: Gpu,
  cache: PipelineCache,
  { launches, memory, feeds, run }: SlowNetwork,
  onProgress: (done: number, total: number) => void,
): Promise<Program<typeof PART>> {
  try {
    const program = await Program.create(gpu, cache, memory, { [PART]: launches }, onProgress)
    program.write(feeds.lossGradient, lossGradients(run.train.batchSize))
    return program
  } catch (error) {
    if (!(error instanceof DoesNotFit)) throw error
    const remedy = 'Step makes the same step without showing it; with a smaller batch it may fit.'
    throw new DoesNotFit(error.message, remedy)
  }
}

async function show(
  program: Program<typeof PART>,
  network: SlowNetwork,
): Promise<Omit<SlowStep, 'step' | 'updates'>> {
  const { samples, values, gradients, feeds, plan } = network
  program.submit(PART)
  const slabs = new Map<Variable, ArrayBuffer>()
  for (const slab of samples.slabs()) slabs.set(slab, await program.read(slab))
  const read = (sample: Variable) => {
    const { slab, offset } = samples.places.get(sample)!
    const memory = slabs.get(slab)!.slice(offset, offset + byteLength(sample.type))
    return unpack(sample.type, memory)
  }
  const nodes = plan.nodes.map(({ id, output: shape }) => {
    const gradient = gradients.get(id)
    const value = picture(shape, read(values.get(id)!))
    return { id, shape, value, gradient: gradient && picture(shape, read(gradient)) }
  })
  const losses = new Float32Array(await program.read(network.loss))
  const [label] = new Uint32Array(await program.read(feeds.labels))
  const { batchSize } = network.run.train
  return {
    ...{ nodes, label: label!, loss: losses[0]! },
    probabilities: softmax(read(values.get(plan.output)!)),
    meanLoss: losses.subarray(0, batchSize).reduce((sum, loss) => sum + loss, 0) / batchSize,
  }
}

/** One image's map, its values pixel by pixel, as a picture of its first channels. */
export function picture({ height, width, channels }: MapShape, values: Float32Array): Picture {
  const pixels = height * width
  const shown = Math.min(channels, SHOWN_CHANNELS)
  let [squares, largest] = [0, 0]
  for (const [i, value] of values.entries()) {
    squares += value * value
    if (i % channels < shown) largest = Math.max(largest, Math.abs(value))
  }
  const scaled = Int8Array.from({ length: shown * pixels }, (_, i) => {
    const value = values[(i % pixels) * channels + Math.floor(i / pixels)]!
    return largest > 0 ? Math.round((127 * value) / largest) : 0
  })
  return { rms: Math.sqrt(squares / values.length), largest, channels: scaled }
}

function softmax(logits: Float32Array): Float32Array {
  const top = Math.max(...logits)
  const powers = logits.map((logit) => Math.exp(logit - top))
  const sum = powers.reduce((a, b) => a + b, 0)
  return powers.map((power) => power / sum)
}

function updatesOf(trainer: Trainer, before: NamedTensors, after: NamedTensors): TensorUpdate[] {
  const trained = trainer.network.parameters.plans.filter((plan) => plan.trained)
  return trained.map(({ name }) => {
    const [old, now] = [before.get(name)!.data, after.get(name)!.data]
    const change = norm(now.map((value, i) => value - old[i]!))
    return { name, change, norm: norm(old) }
  })
}

function norm(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0))
}
