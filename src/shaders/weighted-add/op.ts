import type { Launch } from '../../gpu/launch'
import { elementwise } from '../elementwise'
import { defineOp, type Variable } from '../op'
import { sameShape } from '../shape'
import backwardCode from './backward.wgsl?raw'
import forwardCode from './forward.wgsl?raw'

const forwardKernel = { label: 'weighted add forward', code: forwardCode }
const backwardKernel = { label: 'weighted add backward', code: backwardCode }

export interface WeightedAddAttributes {
  /** The factors of a and of b. */
  factors: readonly [number, number]
}

/** y = s · a + r · b. */
export function weightedAddLaunch(
  a: Variable,
  b: Variable,
  y: Variable,
  [s, r]: WeightedAddAttributes['factors'],
): Launch<Variable> {
  return elementwise(forwardKernel, [a, b], [y], {}, { A_FACTOR: s, B_FACTOR: r })
}

/** y = s · a + r · b: the constant scaling of He et al. 2016, section 3.1. */
export const weightedAdd = defineOp<'a' | 'b', WeightedAddAttributes>({
  name: 'weightedAdd',
  inputs: { a: 'nhwc', b: 'nhwc' },
  differentiable: ['a', 'b'],
  shape: ({ a, b }) => sameShape('weightedAdd', { a, b }),
  cpu: {
    forward: ({ a, b }, { factors: [s, r] }) => ({
      y: a.data.map((value, i) => s * value + r * b.data[i]!),
    }),
    backward: (_, { dy }, { factors: [s, r] }) => ({
      a: dy.map((value) => s * value),
      b: dy.map((value) => r * value),
    }),
  },
  gpu: {
    forward: ({ in: { a, b }, y }, { factors }) => [weightedAddLaunch(a, b, y, factors)],
    backward: ({ dy, grad }, { factors: [s, r] }) => [
      ...(grad.a ? [elementwise(backwardKernel, [dy], [grad.a], {}, { FACTOR: s })] : []),
      ...(grad.b ? [elementwise(backwardKernel, [dy], [grad.b], {}, { FACTOR: r })] : []),
    ],
  },
  cases: [
    { shapes: { a: [1, 1, 1, 1], b: [1, 1, 1, 1] }, attributes: { factors: [0.5, 0.5] } },
    { shapes: { a: [2, 5, 7, 10], b: [2, 5, 7, 10] }, attributes: { factors: [0.5, 1] } },
  ],
})
