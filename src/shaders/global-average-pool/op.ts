import { elementwise } from '../elementwise'
import { defineOp, type Variable } from '../op'
import { mapSizes } from '../shape'
import { quads, tensorType } from '../tensor'
import backwardCode from './backward.wgsl?raw'
import forwardCode from './forward.wgsl?raw'

const forwardKernel = { label: 'global average pool forward', code: forwardCode }
const backwardKernel = { label: 'global average pool backward', code: backwardCode }

function geometry(x: Variable) {
  const [, H, W, C] = mapSizes(x.type)
  return { c4: quads(C), pixels: H * W }
}

/** y[n,c] = mean of x[n,h,w,c] over h and w. */
export const globalAveragePool = defineOp({
  name: 'globalAveragePool',
  inputs: { x: 'nhwc' },
  differentiable: ['x'],
  shape: ({ x }) => tensorType('nc', [x.shape[0]!, x.shape[3]!]),
  cpu: {
    forward: ({ x }) => {
      const [N, H, W, C] = mapSizes(x)
      const y = new Float64Array(N * C)
      x.data.forEach((value, i) => {
        y[Math.floor(i / (H * W * C)) * C + (i % C)]! += value / (H * W)
      })
      return { y }
    },
    backward: ({ x }, { dy }) => {
      const [, H, W, C] = mapSizes(x)
      const image = H * W * C
      return { x: x.data.map((_, i) => dy[Math.floor(i / image) * C + (i % C)]! / (H * W)) }
    },
  },
  gpu: {
    forward: ({ in: { x }, y }) => [elementwise(forwardKernel, [x], [y], geometry(x))],
    backward: ({ in: { x }, dy, grad }) => [
      elementwise(backwardKernel, [dy], [grad.x!], geometry(x)),
    ],
  },
  cases: [
    { shapes: { x: [1, 1, 1, 1] }, attributes: {} },
    { shapes: { x: [3, 5, 7, 10] }, attributes: {} },
  ],
})
