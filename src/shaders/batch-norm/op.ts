import { groups, type Launch } from '../../gpu/launch'
import { elementwise } from '../elementwise'
import statisticsLib from '../lib/statistics.wgsl?raw'
import { type BackwardContext, defineOp, type ForwardContext, type Variable } from '../op'
import { elements, quads, type TensorType, tensorType } from '../tensor'
import sumsCode from './backward-sums.wgsl?raw'
import dataGradientCode from './data-gradient.wgsl?raw'
import mergeStatisticsCode from './merge-statistics.wgsl?raw'
import { mergeSumsLaunch } from './merge-sums'
import normaliseCode from './normalise.wgsl?raw'
import * as reference from './reference'
import { EPSILON, MOMENTUM } from './reference'
import statisticsCode from './statistics.wgsl?raw'

const statisticsKernel = { label: 'batch norm statistics', code: statisticsCode }
const mergeStatisticsKernel = {
  label: 'batch norm merge statistics',
  code: statisticsLib + mergeStatisticsCode,
}
const normaliseKernel = { label: 'batch norm normalise', code: normaliseCode }
const sumsKernel = { label: 'batch norm backward sums', code: sumsCode }
const dataGradientKernel = { label: 'batch norm data gradient', code: dataGradientCode }

const GROUP = 64
const MAX_PARTS = 1024
const PIXELS_PER_PART = 64

type Inputs = 'x' | 'weight' | 'bias' | 'runningMean' | 'runningVariance'
type Saved = 'mean' | 'inverse'

/** How a channel's reduction over all pixels is split. */
function split(x: TensorType) {
  const C = x.shape.at(-1)!
  const pixels = elements(x.shape) / C
  const parts = Math.min(Math.ceil(pixels / PIXELS_PER_PART), MAX_PARTS)
  return { pixels, c4: quads(C), parts }
}

function partsType({ parts, c4 }: ReturnType<typeof split>) {
  return tensorType('pic', [parts, c4 * 2, 4])
}

function forward(context: ForwardContext<Inputs, Saved>): Launch<Variable>[] {
  const { x, weight, bias, runningMean, runningVariance } = context.in
  const { mean, inverse } = context.saved
  const sizes = split(x.type)
  const { c4 } = sizes
  const parts = context.scratch('batch norm parts', partsType(sizes))
  return [
    {
      kernel: statisticsKernel,
      constants: { GROUP },
      sizes,
      reads: [x],
      writes: [parts],
      workgroups: [groups(sizes.parts * c4, GROUP), 1, 1],
    },
    {
      kernel: mergeStatisticsKernel,
      constants: { EPSILON, MOMENTUM, GROUP },
      sizes,
      reads: [parts],
      writes: [mean, inverse, runningMean, runningVariance],
      workgroups: [c4, 1, 1],
    },
    elementwise(normaliseKernel, [x, weight, bias, mean, inverse], [context.y], { c4 }),
  ]
}

function backward(context: BackwardContext<Inputs, Saved>): Launch<Variable>[] {
  const { dy, grad } = context
  const { x, weight } = context.in
  const { mean, inverse } = context.saved
  const sizes = split(x.type)
  const { c4, pixels } = sizes
  const parts = context.scratch('batch norm parts', partsType(sizes))
  const dWeight = grad.weight ?? context.scratch('Σ dy·x̂', weight.type)
  const dBias = grad.bias ?? context.scratch('Σ dy', weight.type)
  const launches: Launch<Variable>[] = [
    {
      kernel: sumsKernel,
      constants: { GROUP },
      sizes,
      reads: [x, dy, mean, inverse],
      writes: [parts],
      workgroups: [groups(sizes.parts * c4, GROUP), 1, 1],
    },
    mergeSumsLaunch(parts, dWeight, dBias),
  ]
  if (grad.x) {
    const reads = [x, dy, weight, mean, inverse, dWeight, dBias]
    launches.push(elementwise(dataGradientKernel, reads, [grad.x], { c4, pixels }))
  }
  return launches
}

export function checkChannels(op: string, inputs: Record<string, TensorType>): TensorType {
  const { x, ...vectors } = inputs as { x: TensorType } & Record<string, TensorType>
  const C = x.shape.at(-1)!
  for (const [name, { shape }] of Object.entries(vectors)) {
    if (shape[0] !== C) throw new Error(`${op}: input has ${C} channels, ${name} has ${shape[0]}`)
  }
  return x
}

function shapes(x: readonly number[]) {
  const vector = [x.at(-1)!]
  return { x, weight: vector, bias: vector, runningMean: vector, runningVariance: vector }
}

/** Draws for the running variance, which is never negative. */
export function sample(name: Inputs, draws: Float64Array): Float64Array {
  return name === 'runningVariance' ? draws.map((z) => 0.5 + z * z) : draws
}

/**
 * Batch norm with the statistics of the batch (training): normalises by mean and biased variance,
 * moves the running estimates by PyTorch's momentum 0.1, the variance's by the unbiased one.
 */
export const batchNorm = defineOp<
  Inputs,
  Record<string, never>,
  Saved,
  'runningMean' | 'runningVariance'
>({
  name: 'batchNorm',
  inputs: { x: 'nhwc', weight: 'c', bias: 'c', runningMean: 'c', runningVariance: 'c' },
  differentiable: ['x', 'weight', 'bias'],
  state: ['runningMean', 'runningVariance'],
  shape: (inputs) => checkChannels('batchNorm', inputs),
  saved: ({ weight }) => ({ mean: weight, inverse: weight }),
  cpu: {
    forward: ({ x, weight, bias, runningMean, runningVariance }) => {
      const { mean, variance } = reference.statistics(x)
      const inverse = reference.inverseDeviation(variance)
      const pixels = x.data.length / mean.length
      const unbiased = variance.map((value) => (value * pixels) / Math.max(pixels - 1, 1))
      return {
        y: reference.normalise(x, mean, inverse, weight, bias),
        saved: { mean, inverse },
        state: {
          runningMean: reference.moved(runningMean, mean),
          runningVariance: reference.moved(runningVariance, unbiased),
        },
      }
    },
    backward: ({ x, weight }, { dy, saved }) => reference.backward(x, weight, { ...saved, dy }),
  },
  gpu: { forward, backward },
  cases: [
    { shapes: shapes([3, 1, 1, 1]), attributes: {} },
    { shapes: shapes([1, 5, 7, 3]), attributes: {} },
    { shapes: shapes([3, 9, 9, 10]), attributes: {} },
    { shapes: shapes([2, 70, 66, 5]), attributes: {} },
  ],
  sample,
})
