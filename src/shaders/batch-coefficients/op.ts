import type { Launch } from '../../gpu/launch'
import { coefficientsType, packCoefficients } from '../batch-norm/coefficients'
import { EPSILON, inverseDeviation, MOMENTUM, moved } from '../batch-norm/reference'
import { partsType, tileLayout } from '../conv2d/launches'
import statisticsLib from '../lib/statistics.wgsl?raw'
import { defineOp, type HostTensor, type Variable } from '../op'
import { elements, quads, tensorType } from '../tensor'
import mergeCode from './merge.wgsl?raw'

const kernel = { label: 'batch norm coefficients', code: statisticsLib + mergeCode }
const GROUP = 64

interface Attributes {
  /** The feature map whose tiles the parts are, [N, H, W, C]. */
  map: readonly number[]
}

/** Mean and biased variance of each channel from the tiles' mean and M2. */
function merged(parts: HostTensor, { map }: Attributes) {
  const { across, width } = tileLayout(tensorType('nhwc', map))
  const C = map[3]!
  const [mean, m2] = [new Float64Array(C), new Float64Array(C)]
  let count = 0
  for (let part = 0; part < parts.shape[0]!; part++) {
    const pixels = Math.ceil((width - (part % across)) / across)
    const share = pixels / (count + pixels)
    for (let c = 0; c < C; c++) {
      const at = part * quads(C) * 8 + (c >> 2) * 8 + (c & 3)
      const delta = parts.data[at]! - mean[c]!
      mean[c]! += delta * share
      m2[c]! += parts.data[at + 4]! + delta * delta * count * share
    }
    count += pixels
  }
  return { mean, variance: m2.map((value) => value / count), count }
}

function partsOf(map: readonly number[]) {
  const [C] = [map[3]!]
  const vector = [C]
  return {
    shapes: {
      parts: partsType(tensorType('nhwc', map)).shape,
      ...{ weight: vector, bias: vector, runningMean: vector, runningVariance: vector },
    },
    attributes: { map },
  }
}

/**
 * The coefficients of a batch norm (training) from the statistics of its input's tiles. The batch
 * norm itself, and its gradient, are part of the ops that read them.
 */
export const batchCoefficients = defineOp<
  'parts' | 'weight' | 'bias' | 'runningMean' | 'runningVariance',
  Attributes,
  never,
  'runningMean' | 'runningVariance'
>({
  name: 'batchCoefficients',
  inputs: { parts: 'pic', weight: 'c', bias: 'c', runningMean: 'c', runningVariance: 'c' },
  differentiable: [],
  state: ['runningMean', 'runningVariance'],
  shape: ({ parts, weight }, { map }) => {
    const expected = partsType(tensorType('nhwc', map))
    if (String(parts.shape) !== String(expected.shape) || weight.shape[0] !== map[3]) {
      throw new Error(`batchCoefficients: the statistics [${parts.shape}] are not of [${map}]`)
    }
    return coefficientsType(map[3]!)
  },
  cpu: {
    forward: ({ parts, weight, bias, runningMean, runningVariance }, attributes) => {
      const { mean, variance, count } = merged(parts, attributes)
      const unbiased = variance.map((value) => (value * count) / Math.max(count - 1, 1))
      return {
        y: packCoefficients({ mean, inverse: inverseDeviation(variance) }, weight, bias),
        state: {
          runningMean: moved(runningMean, mean),
          runningVariance: moved(runningVariance, unbiased),
        },
      }
    },
  },
  gpu: {
    forward: ({ in: { parts, weight, bias, runningMean, runningVariance }, y }, { map }) => {
      const { across, width } = tileLayout(tensorType('nhwc', map))
      const launch: Launch<Variable> = {
        kernel,
        constants: { EPSILON, MOMENTUM, GROUP },
        sizes: { c4: quads(map[3]!), parts: parts.type.shape[0]!, across, width },
        reads: [parts, weight, bias],
        writes: [y, runningMean, runningVariance],
        workgroups: [elements(y.type.shape) / 16, 1, 1],
      }
      return [launch]
    },
  },
  cases: [partsOf([1, 1, 1, 1]), partsOf([2, 5, 11, 10]), partsOf([3, 16, 16, 4])],
  sample: (name, draws, { shapes }) => {
    if (name === 'runningVariance') return draws.map((z) => 0.5 + z * z)
    if (name !== 'parts') return draws
    // M2 is never negative, and the pads of the last quad are zero.
    const [, row] = shapes.parts as [number, number, number]
    const C = shapes.weight[0]!
    return draws.map((z, i) => {
      const [pair, lane] = [Math.floor(i / 4) % row, i % 4]
      if ((pair >> 1) * 4 + lane >= C) return 0
      return pair % 2 === 0 ? z : z * z
    })
  },
})
