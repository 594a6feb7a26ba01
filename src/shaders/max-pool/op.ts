import { elementwise } from '../elementwise'
import { defineOp, type HostTensor, type Variable } from '../op'
import { mapSizes, windows } from '../shape'
import { quads, tensorType } from '../tensor'
import backwardCode from './backward.wgsl?raw'
import forwardCode from './forward.wgsl?raw'

const forwardKernel = { label: 'max pool forward', code: forwardCode }
const backwardKernel = { label: 'max pool backward', code: backwardCode }

export interface PoolAttributes {
  kernel: number
  stride: number
  padding: number
}

function sizes(x: { readonly shape: readonly number[] }, attributes: PoolAttributes) {
  const { kernel, stride, padding } = attributes
  const [N, H, W, C] = mapSizes(x)
  return {
    N,
    H,
    W,
    C,
    P: windows(H, kernel, stride, padding),
    Q: windows(W, kernel, stride, padding),
  }
}

function geometry(x: Variable, attributes: PoolAttributes) {
  const { H, W, C, P, Q } = sizes(x.type, attributes)
  const { kernel, stride, padding } = attributes
  return { h: H, w: W, p: P, q: Q, c4: quads(C), kernel, stride, padding }
}

/** Maximum and the tap of the first maximum of every window. */
function forward(x: HostTensor, attributes: PoolAttributes) {
  const { kernel, stride, padding } = attributes
  const { N, H, W, C, P, Q } = sizes(x, attributes)
  const y = new Float64Array(N * P * Q * C).fill(-Infinity)
  const argument = new Float64Array(y.length)
  for (let i = 0; i < y.length; i++) {
    const [c, q, p] = [i % C, Math.floor(i / C) % Q, Math.floor(i / (C * Q)) % P]
    const n = Math.floor(i / (C * Q * P))
    for (let r = 0; r < kernel; r++)
      for (let s = 0; s < kernel; s++) {
        const h = p * stride + r - padding
        const w = q * stride + s - padding
        if (h < 0 || h >= H || w < 0 || w >= W) continue
        const value = x.data[((n * H + h) * W + w) * C + c]!
        if (value <= y[i]!) continue
        y[i] = value
        argument[i] = r * kernel + s
      }
  }
  return { y, argument }
}

function backward(
  x: HostTensor,
  argument: Float64Array,
  dy: Float64Array,
  attributes: PoolAttributes,
): Float64Array {
  const { kernel, stride, padding } = attributes
  const { H, W, C, P, Q } = sizes(x, attributes)
  const dx = new Float64Array(x.data.length)
  dy.forEach((value, i) => {
    const [c, q, p] = [i % C, Math.floor(i / C) % Q, Math.floor(i / (C * Q)) % P]
    const n = Math.floor(i / (C * Q * P))
    const h = p * stride + Math.floor(argument[i]! / kernel) - padding
    const w = q * stride + (argument[i]! % kernel) - padding
    dx[((n * H + h) * W + w) * C + c]! += value
  })
  return dx
}

/** The maximum of each window; the gradient goes to the first maximum, as in PyTorch. */
export const maxPool = defineOp<'x', PoolAttributes, 'argument'>({
  name: 'maxPool',
  inputs: { x: 'nhwc' },
  differentiable: ['x'],
  shape: ({ x }, attributes) => {
    const { N, C, P, Q } = sizes(x, attributes)
    return tensorType('nhwc', [N, P, Q, C])
  },
  saved: ({ x }, attributes) => {
    const { N, C, P, Q } = sizes(x, attributes)
    return { argument: tensorType('nhwc', [N, P, Q, C]) }
  },
  cpu: {
    forward: ({ x }, attributes) => {
      const { y, argument } = forward(x, attributes)
      return { y, saved: { argument } }
    },
    backward: ({ x }, { dy, saved }, attributes) => ({
      x: backward(x, saved.argument, dy, attributes),
    }),
  },
  gpu: {
    forward: ({ in: { x }, y, saved }, attributes) => [
      elementwise(forwardKernel, [x], [y, saved.argument], geometry(x, attributes)),
    ],
    backward: ({ in: { x }, dy, saved, grad }, attributes) => [
      elementwise(backwardKernel, [saved.argument, dy], [grad.x!], geometry(x, attributes)),
    ],
  },
  cases: [
    { shapes: { x: [1, 1, 1, 1] }, attributes: { kernel: 3, stride: 2, padding: 1 } },
    { shapes: { x: [2, 5, 7, 3] }, attributes: { kernel: 3, stride: 2, padding: 1 } },
    { shapes: { x: [1, 6, 8, 10] }, attributes: { kernel: 2, stride: 2, padding: 0 } },
  ],
})
