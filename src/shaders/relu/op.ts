import { elementwise } from '../elementwise'
import { awayFromZero, defineOp } from '../op'
import backwardCode from './backward.wgsl?raw'
import forwardCode from './forward.wgsl?raw'

const forwardKernel = { label: 'relu forward', code: forwardCode }
const backwardKernel = { label: 'relu backward', code: backwardCode }

/** y = max(x, 0). The gradient at exactly 0 is taken as 0. */
export const relu = defineOp({
  name: 'relu',
  inputs: { x: 'nhwc' },
  differentiable: ['x'],
  shape: ({ x }) => x,
  cpu: {
    forward: ({ x }) => ({ y: x.data.map((value) => Math.max(value, 0)) }),
    backward: (_, { y, dy }) => ({ x: dy.map((value, i) => (y[i]! > 0 ? value : 0)) }),
  },
  gpu: {
    forward: ({ in: { x }, y }) => [elementwise(forwardKernel, [x], [y])],
    backward: ({ y, dy, grad }) => [elementwise(backwardKernel, [y, dy], [grad.x!])],
  },
  cases: [
    { shapes: { x: [1, 1, 1, 1] }, attributes: {} },
    { shapes: { x: [1, 5, 7, 3] }, attributes: {} },
    { shapes: { x: [2, 9, 9, 10] }, attributes: {} },
  ],
  sample: (_, draws) => awayFromZero(draws),
})
