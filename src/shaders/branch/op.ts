import type { Launch } from '../../gpu/launch'
import { elementwise } from '../elementwise'
import { defineOp, type Variable } from '../op'
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
  gpu: { forward: ({ in: { x }, y }) => [copyLaunch(x, y)] },
  cases: [
    { shapes: { x: [1, 1, 1, 1] }, attributes: {} },
    { shapes: { x: [2, 5, 7, 10] }, attributes: {} },
  ],
})

/** y = the first values of x, as many as y has. */
export function copyLaunch(x: Variable, y: Variable): Launch<Variable> {
  return elementwise(kernel, [x], [y])
}
