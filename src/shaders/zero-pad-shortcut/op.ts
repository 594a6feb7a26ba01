import { elementwise } from '../elementwise'
import { defineOp, type HostTensor, type Variable } from '../op'
import { mapSizes, windows } from '../shape'
import { quads, tensorType } from '../tensor'
import backwardCode from './backward.wgsl?raw'
import forwardCode from './forward.wgsl?raw'
import gradientCode from './gradient.wgsl?raw'

const forwardKernel = { label: 'zero-pad shortcut forward', code: forwardCode }
const backwardKernel = { label: 'zero-pad shortcut backward', code: gradientCode + backwardCode }

export interface ZeroPadAttributes {
  stride: number
  /** Channels of the output. */
  channels: number
}

function geometry(x: Variable, y: Variable, stride: number) {
  const [, H, W, C] = mapSizes(x.type)
  const [, P, Q, K] = mapSizes(y.type)
  return { h: H, w: W, c4: quads(C), p: P, q: Q, k4: quads(K), stride }
}

/** x as the shortcut gives it, in float64. */
export function padded(x: HostTensor, attributes: ZeroPadAttributes): Float64Array {
  const [N, H, W] = mapSizes(x)
  const { stride, channels } = attributes
  const y = new Float64Array(N * windows(H, 1, stride, 0) * windows(W, 1, stride, 0) * channels)
  eachTaken(x.shape, attributes, (i, j) => {
    y[j] = x.data[i]!
  })
  return y
}

/** What dy is for the shortcut's input x, in float64. */
export function paddedGradient(x: HostTensor, dy: Float64Array, attributes: ZeroPadAttributes) {
  const dx = new Float64Array(x.data.length)
  eachTaken(x.shape, attributes, (i, j) => {
    dx[i] = dy[j]!
  })
  return dx
}

/** Calls `visit` with the offsets in x and y of each element that is passed on. */
function eachTaken(
  x: readonly number[],
  { stride, channels }: ZeroPadAttributes,
  visit: (x: number, y: number) => void,
): void {
  const [N, H, W, C] = x as [number, number, number, number]
  const P = windows(H, 1, stride, 0)
  const Q = windows(W, 1, stride, 0)
  for (let n = 0; n < N; n++)
    for (let p = 0; p < P; p++)
      for (let q = 0; q < Q; q++)
        for (let c = 0; c < C; c++) {
          visit(
            ((n * H + p * stride) * W + q * stride) * C + c,
            ((n * P + p) * Q + q) * channels + c,
          )
        }
}

/** Projection A (He et al. 2015): every `stride`-th pixel, and zero channels appended. */
export const zeroPadShortcut = defineOp<'x', ZeroPadAttributes>({
  name: 'zeroPadShortcut',
  inputs: { x: 'nhwc' },
  differentiable: ['x'],
  shape: ({ x }, { stride, channels }) => {
    const [N, H, W, C] = mapSizes(x)
    if (channels < C) {
      throw new Error(`zeroPadShortcut: cannot pad ${C} channels to ${channels}, which are fewer`)
    }
    return tensorType('nhwc', [N, windows(H, 1, stride, 0), windows(W, 1, stride, 0), channels])
  },
  cpu: {
    forward: ({ x }, attributes) => ({ y: padded(x, attributes) }),
    backward: ({ x }, { dy }, attributes) => ({ x: paddedGradient(x, dy, attributes) }),
  },
  gpu: {
    forward: ({ in: { x }, y }, { stride }) => [
      elementwise(forwardKernel, [x], [y], geometry(x, y, stride)),
    ],
    backward: ({ in: { x }, y, dy, grad }, { stride }) => [
      elementwise(backwardKernel, [dy], [grad.x!], {
        ...geometry(x, y, stride),
        c: x.type.shape[3]!,
      }),
    ],
  },
  cases: [
    { shapes: { x: [1, 1, 1, 1] }, attributes: { stride: 2, channels: 3 } },
    { shapes: { x: [2, 5, 7, 3] }, attributes: { stride: 2, channels: 7 } },
    { shapes: { x: [2, 6, 4, 6] }, attributes: { stride: 2, channels: 12 } },
    { shapes: { x: [1, 5, 7, 5] }, attributes: { stride: 1, channels: 10 } },
  ],
})
