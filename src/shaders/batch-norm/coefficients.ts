import type { HostTensor } from '../op'
import { quads, type TensorType, tensorType } from '../tensor'
import { EPSILON, inverseDeviation, statistics } from './reference'

/** Lengths that kernels declare the uniform with, in vec4s: few, so that few are compiled. */
const CAPACITIES = [256, 1024, 4096]

/**
 * A batch norm's {scale, shift, mean, inverse} for each channel quad: y = scale · x + shift,
 * x̂ = (x − mean) · inverse. Zero past the last quad, up to one of few lengths.
 */
export function coefficientsType(channels: number): TensorType {
  const needed = 4 * quads(channels)
  const capacity = CAPACITIES.find((vec4s) => vec4s >= needed)
  if (capacity === undefined) {
    throw new Error(`a batch norm of ${channels} channels is over the limit of 4096`)
  }
  return tensorType('i', [4 * capacity])
}

/** The coefficients as they lie in memory; the pads of the last quad have all inputs zero. */
export function packCoefficients(
  { mean, inverse }: Record<'mean' | 'inverse', Float64Array>,
  weight: HostTensor,
  bias: HostTensor,
): Float64Array {
  const out = new Float64Array(coefficientsType(mean.length).shape[0]!)
  for (let c = 0; c < 4 * quads(mean.length); c++) {
    const at = (c >> 2) * 16 + (c & 3)
    const scale = (weight.data[c] ?? 0) * (inverse[c] ?? 0)
    out[at] = scale
    out[at + 4] = (bias.data[c] ?? 0) - (mean[c] ?? 0) * scale
    out[at + 8] = mean[c] ?? 0
    out[at + 12] = inverse[c] ?? 1 / Math.sqrt(EPSILON)
  }
  return out
}

/** The coefficients of the batch norm of x by its own statistics. */
export function coefficientsOf(x: HostTensor, weight: HostTensor, bias: HostTensor): Float64Array {
  const { mean, variance } = statistics(x)
  return packCoefficients({ mean, inverse: inverseDeviation(variance) }, weight, bias)
}
