import { elementwise } from '../elementwise'
import { defineOp } from '../op'
import forwardCode from './forward.wgsl?raw'

const kernel = { label: 'branch', code: forwardCode }

/** y = x, where paths part: the gradient of y is what comes back to x by this path alone. */
export const branch = defineOp({
  name: 'branch',
  inputs: { x: 'nhwc' },
  differentiable: ['x'],
  passes: ['x'],
  shape: ({ x }) => x,
  cpu: {
    forward: ({ x }) => ({ y: x.data.slice() }),
    backward: (_, { dy }) => ({ x: dy }),
  },
  gpu: { forward: ({ in: { x }, y }) => [elementwise(kernel, [x], [y])] },
  cases: [
    { shapes: { x: [1, 1, 1, 1] }, attributes: {} },
    { shapes: { x: [2, 5, 7, 10] }, attributes: {} },
  ],
})
