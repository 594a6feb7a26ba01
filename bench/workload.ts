import { IMAGE_BYTES, IMAGE_SIDE, type ImageSource } from '../src/data/images'
import { MEAN, STANDARD_DEVIATION } from '../src/data/normalise'
import { shapes10 } from '../src/data/shapes10'
import { count } from '../src/models/counts'
import { type TensorPlan, tensors } from '../src/models/parameters'
import { type NetworkPlan, plan } from '../src/models/plan'
import { cifarSpec } from '../src/models/presets'
import { initialValues } from '../src/nn/parameters'
import type { RunConfig } from '../src/run/config'

/** What every contender computes: one net from one start, trained on one batch again and again. */
export interface Workload {
  run: RunConfig
  plan: NetworkPlan
  /** The pictures of the batch by position, as bytes. */
  pictures: ImageSource
  /** The same, normalised, NHWC. */
  images: Float32Array
  labels: Uint32Array
  /** First values in PyTorch's layouts. */
  tensors: (TensorPlan & { data: Float32Array })[]
}

/** Small, so that rounding does not drive the contenders' losses apart within a few steps. */
export const LEARNING_RATE = 0.003
export const MOMENTUM = 0.9

/** The run that repeats its first batch: CIFAR's ResNet v1 with option A, SGD with momentum. */
export function benchRun(depth: number, batchSize: number): RunConfig {
  return {
    format: 1,
    seed: 1,
    model: cifarSpec({ version: 'v1', block: 'basic', depth, projection: 'A' }),
    data: {
      name: 'shapes10',
      train: batchSize,
      validation: batchSize,
      order: 'sequential',
      augment: 'none',
    },
    train: {
      steps: 1_000_000,
      batchSize,
      learningRate: { kind: 'constant', rate: LEARNING_RATE },
      momentum: MOMENTUM,
      nesterov: false,
      weightDecay: 0,
      precision: 'f32',
    },
  }
}

/** The same for everyone who asks with the same net and batch. */
export function workload(depth: number, batchSize: number): Workload {
  const run = benchRun(depth, batchSize)
  const network = plan(run.model)
  const bytes = new Uint8Array(batchSize * IMAGE_BYTES)
  const source = shapes10()
  const labels = Uint32Array.from({ length: batchSize }, (_, i) =>
    source.read(i, bytes, i * IMAGE_BYTES),
  )
  const pictures: ImageSource = {
    classNames: source.classNames,
    read(index, target, offset) {
      target.set(bytes.subarray(index * IMAGE_BYTES, (index + 1) * IMAGE_BYTES), offset)
      return labels[index]!
    },
  }
  return {
    ...{ run, plan: network, pictures, labels },
    images: normalised(bytes),
    tensors: tensors(network).map((tensor) => ({
      ...tensor,
      data: initialValues(tensor, run.seed),
    })),
  }
}

/** From planes of bytes to NHWC as a net sees it. */
function normalised(bytes: Uint8Array): Float32Array {
  const pixels = IMAGE_SIDE * IMAGE_SIDE
  const channels = MEAN.length
  const out = new Float32Array(bytes.length)
  for (let i = 0; i < out.length; i++) {
    const channel = i % channels
    const pixel = Math.floor(i / channels) % pixels
    const picture = Math.floor(i / IMAGE_BYTES)
    const byte = bytes[picture * IMAGE_BYTES + channel * pixels + pixel]!
    out[i] = (byte / 255 - MEAN[channel]!) / STANDARD_DEVIATION[channel]!
  }
  return out
}

/** A row a picture, with 1 at its label. */
export function oneHot({ labels, run }: Workload): Float32Array {
  const { classes } = run.model
  const out = new Float32Array(labels.length * classes)
  for (const [i, label] of labels.entries()) out[i * classes + label] = 1
  return out
}

/**
 * Floating point operations of a training step: forward, data and filter gradient take as many
 * multiply-adds each, but nothing asks for the gradient of the pictures.
 */
export function trainingFlop({ nodes, ...network }: NetworkPlan, batchSize: number): number {
  const { multiplyAdds } = count({ nodes, ...network })
  const stem = nodes.findIndex(({ layer }) => layer.op === 'conv')
  const ofStem = count({ nodes: nodes.slice(0, stem + 1), ...network }).multiplyAdds
  return 2 * batchSize * (3 * multiplyAdds - ofStem)
}
