import type { HostTensor } from '../op'

export const EPSILON = 1e-5
/** Weight of the new batch in the running estimates. */
export const MOMENTUM = 0.1

/** Mean of f(i) over the pixels, for each channel; i is the element's offset. */
function channelMeans(x: HostTensor, f: (i: number, channel: number) => number): Float64Array {
  const C = x.shape.at(-1)!
  const pixels = x.data.length / C
  const means = new Float64Array(C)
  for (let i = 0; i < x.data.length; i++) means[i % C]! += f(i, i % C) / pixels
  return means
}

/** Mean and biased variance of each channel over all pixels of the batch. */
export function statistics(x: HostTensor): { mean: Float64Array; variance: Float64Array } {
  const mean = channelMeans(x, (i) => x.data[i]!)
  const variance = channelMeans(x, (i, c) => (x.data[i]! - mean[c]!) ** 2)
  return { mean, variance }
}

export const inverseDeviation = (variance: Float64Array) =>
  variance.map((value) => 1 / Math.sqrt(value + EPSILON))

/** y = (x − mean) · inverse · weight + bias. */
export function normalise(
  x: HostTensor,
  mean: Float64Array,
  inverse: Float64Array,
  weight: HostTensor,
  bias: HostTensor,
): Float64Array {
  const C = mean.length
  return x.data.map((value, i) => {
    const c = i % C
    return (value - mean[c]!) * inverse[c]! * weight.data[c]! + bias.data[c]!
  })
}

/** An estimate moved toward the batch's value, with PyTorch's momentum. */
export function moved(estimate: HostTensor, batch: Float64Array): Float64Array {
  return estimate.data.map((value, c) => value + MOMENTUM * (batch[c]! - value))
}

/** Gradients through the batch's own statistics (Ioffe and Szegedy 2015, section 3). */
export function backward(
  x: HostTensor,
  weight: HostTensor,
  { mean, inverse, dy }: Record<'mean' | 'inverse' | 'dy', Float64Array>,
) {
  const C = mean.length
  const pixels = x.data.length / C
  const normalised = x.data.map((value, i) => (value - mean[i % C]!) * inverse[i % C]!)
  const dyMean = channelMeans(x, (i) => dy[i]!)
  const dotMean = channelMeans(x, (i) => dy[i]! * normalised[i]!)
  return {
    x: dy.map((value, i) => {
      const c = i % C
      return weight.data[c]! * inverse[c]! * (value - dyMean[c]! - normalised[i]! * dotMean[c]!)
    }),
    weight: dotMean.map((value) => value * pixels),
    bias: dyMean.map((value) => value * pixels),
  }
}
