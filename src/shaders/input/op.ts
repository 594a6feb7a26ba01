import { elementwise } from '../elementwise'
import { defineOp, type HostTensor } from '../op'
import { tensorType } from '../tensor'
import code from './forward.wgsl?raw'

const kernel = { label: 'input', code }

export interface InputAttributes {
  /** Pixels along an edge of the square pictures: an even number, so that each begins with a word. */
  side: number
  /** Of the channels R, G, B, in units of 1. */
  mean: readonly number[]
  deviation: readonly number[]
}

function forward(bytes: HostTensor, crops: HostTensor, attributes: InputAttributes): Float64Array {
  const { side, mean, deviation } = attributes
  const N = crops.shape[0]!
  const x = new Float64Array(N * side * side * 3)
  for (let n = 0; n < N; n++) {
    const [dy, dx, flip] = crops.data.slice(3 * n, 3 * n + 3) as unknown as [number, number, number]
    for (let row = 0; row < side; row++)
      for (let column = 0; column < side; column++) {
        const h = row + (dy | 0)
        const w = (flip ? side - 1 - column : column) + (dx | 0)
        if (h < 0 || h >= side || w < 0 || w >= side) continue
        for (let c = 0; c < 3; c++) {
          const index = ((n * 3 + c) * side + h) * side + w
          const byte = (bytes.data[index >> 2]! >>> (8 * (index & 3))) & 0xff
          x[((n * side + row) * side + column) * 3 + c] = (byte / 255 - mean[c]!) / deviation[c]!
        }
      }
  }
  return x
}

/**
 * Pictures from bytes to a normalised feature map, cropped and flipped by the draws of `crops`:
 * rows (dy, dx, flip) an image; output pixel (h, w) comes from (h + dy, w' + dx) with w' counted
 * from the right where flip is 1, and is 0 (the mean colour) outside the picture.
 */
export const input = defineOp<'bytes' | 'crops', InputAttributes>({
  name: 'input',
  inputs: { bytes: 'nb:u32', crops: 'ni:u32' },
  differentiable: [],
  shape: ({ crops }, { side }) => tensorType('nhwc', [crops.shape[0]!, side, side, 3]),
  cpu: { forward: ({ bytes, crops }, attributes) => ({ y: forward(bytes, crops, attributes) }) },
  gpu: {
    forward: ({ in: { bytes, crops }, y }, { side, mean, deviation }) => [
      elementwise(
        kernel,
        [bytes, crops],
        [y],
        { side },
        {
          MEAN_R: mean[0]!,
          MEAN_G: mean[1]!,
          MEAN_B: mean[2]!,
          DEVIATION_R: deviation[0]!,
          DEVIATION_G: deviation[1]!,
          DEVIATION_B: deviation[2]!,
        },
      ),
    ],
  },
  cases: [
    {
      shapes: { bytes: [5, 192], crops: [5, 3] },
      attributes: { side: 16, mean: [0.5, 0.4, 0.3], deviation: [0.2, 0.3, 0.25] },
    },
  ],
  sample: (name, draws) =>
    name === 'bytes'
      ? draws.map((z) => Math.floor(Math.abs(z) * 1e9) >>> 0)
      : draws.map((z, i) => (i % 3 === 2 ? (z > 0 ? 1 : 0) : Math.round(z * 3) >>> 0)),
})
