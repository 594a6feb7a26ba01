import { elementwise } from '../elementwise'
import { defineOp, type Variable } from '../op'
import { sameShape } from '../shape'
import forwardCode from './forward.wgsl?raw'

const kernel = { label: 'add', code: forwardCode }

/** The launch of y = a + b, also used to sum gradients that meet at a fork. */
export function addLaunch(a: Variable, b: Variable, y: Variable) {
  return elementwise(kernel, [a, b], [y])
}

/** y = a + b, equation 1 of He et al. 2016 with a = h(x), b = F(x); both gradients are dy. */
export const add = defineOp({
  name: 'add',
  inputs: { a: 'nhwc', b: 'nhwc' },
  differentiable: ['a', 'b'],
  passes: ['a', 'b'],
  shape: ({ a, b }) => sameShape('add', { a, b }),
  cpu: {
    forward: ({ a, b }) => ({ y: a.data.map((value, i) => value + b.data[i]!) }),
    backward: (_, { dy }) => ({ a: dy, b: dy }),
  },
  gpu: { forward: ({ in: { a, b }, y }) => [addLaunch(a, b, y)] },
  cases: [
    { shapes: { a: [1, 1, 1, 1], b: [1, 1, 1, 1] }, attributes: {} },
    { shapes: { a: [2, 5, 7, 10], b: [2, 5, 7, 10] }, attributes: {} },
  ],
})
