import { elementwise } from '../elementwise'
import { defineOp } from '../op'
import { sameShape } from '../shape'
import backwardCode from './backward.wgsl?raw'
import forwardCode from './forward.wgsl?raw'

const forwardKernel = { label: 'gate forward', code: forwardCode }
const backwardKernel = { label: 'gate backward', code: backwardCode }

export interface GateAttributes {
  /** True: the gate weighs F as well; false: it weighs the shortcut alone. */
  exclusive: boolean
}

const shapes = (shape: number[]) => ({ h: shape, f: shape, g: shape })

/** y = (1 − g) · h + g · F (exclusive) or (1 − g) · h + F (He et al. 2016, section 3.1). */
export const gate = defineOp<'h' | 'f' | 'g', GateAttributes>({
  name: 'gate',
  inputs: { h: 'nhwc', f: 'nhwc', g: 'nhwc' },
  differentiable: ['h', 'f', 'g'],
  shape: (inputs) => sameShape('gate', inputs),
  cpu: {
    forward: ({ h, f, g }, { exclusive }) => ({
      y: g.data.map((open, i) => (1 - open) * h.data[i]! + (exclusive ? open : 1) * f.data[i]!),
    }),
    backward: ({ h, f, g }, { dy }, { exclusive }) => ({
      h: dy.map((value, i) => (1 - g.data[i]!) * value),
      f: dy.map((value, i) => (exclusive ? g.data[i]! : 1) * value),
      g: dy.map((value, i) => ((exclusive ? f.data[i]! : 0) - h.data[i]!) * value),
    }),
  },
  gpu: {
    forward: ({ in: { h, f, g }, y }, { exclusive }) => [
      elementwise(forwardKernel, [h, f, g], [y], {}, { EXCLUSIVE: exclusive ? 1 : 0 }),
    ],
    backward: ({ in: { h, f, g }, dy, grad, scratch }, { exclusive }) => {
      const writes = [grad.h, grad.f, grad.g].map((d) => d ?? scratch('gradient', h.type))
      return [
        elementwise(backwardKernel, [h, f, g, dy], writes, {}, { EXCLUSIVE: exclusive ? 1 : 0 }),
      ]
    },
  },
  cases: [
    { shapes: shapes([1, 1, 1, 1]), attributes: { exclusive: true } },
    { shapes: shapes([2, 5, 7, 10]), attributes: { exclusive: true } },
    { shapes: shapes([2, 5, 7, 3]), attributes: { exclusive: false } },
  ],
})
