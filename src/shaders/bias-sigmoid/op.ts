import { groups, type Launch } from '../../gpu/launch'
import { elementwise } from '../elementwise'
import { type BackwardContext, defineOp, type Variable } from '../op'
import { sumParts } from '../sum-parts'
import { elements, quads, tensorType } from '../tensor'
import backwardCode from './backward.wgsl?raw'
import forwardCode from './forward.wgsl?raw'

const forwardKernel = { label: 'bias sigmoid forward', code: forwardCode }
const backwardKernel = { label: 'bias sigmoid backward', code: backwardCode }

const GROUP = 64
const MAX_PARTS = 256
const PIXELS_PER_PART = 64

function backward(context: BackwardContext<'x' | 'bias', never>): Launch<Variable>[] {
  const { y, dy, grad, scratch } = context
  const { x, bias } = context.in
  const C = bias.type.shape[0]!
  const pixels = elements(x.type.shape) / C
  const parts = Math.min(Math.ceil(pixels / PIXELS_PER_PART), MAX_PARTS)
  const partials = scratch('bias gradient parts', tensorType('pc', [parts, C]))
  return [
    {
      kernel: backwardKernel,
      constants: { GROUP },
      sizes: { pixels, c4: quads(C), parts },
      reads: [y, dy],
      writes: [grad.x ?? scratch('gradient', x.type), partials],
      workgroups: [groups(parts * quads(C), GROUP), 1, 1],
    },
    ...(grad.bias ? [sumParts(partials, grad.bias)] : []),
  ]
}

/** y = σ(x + bias), a gate's opening from its 1×1 convolution (He et al. 2016, section 3.1). */
export const biasSigmoid = defineOp({
  name: 'biasSigmoid',
  inputs: { x: 'nhwc', bias: 'c' },
  differentiable: ['x', 'bias'],
  shape: ({ x, bias }) => {
    const C = x.shape[3]!
    if (bias.shape[0] !== C) {
      throw new Error(`biasSigmoid: input has ${C} channels, bias has ${bias.shape[0]}`)
    }
    return x
  },
  cpu: {
    forward: ({ x, bias }) => {
      const C = bias.data.length
      return { y: x.data.map((value, i) => 1 / (1 + Math.exp(-(value + bias.data[i % C]!)))) }
    },
    backward: ({ bias }, { y, dy }) => {
      const x = dy.map((value, i) => value * y[i]! * (1 - y[i]!))
      const sums = new Float64Array(bias.data.length)
      x.forEach((value, i) => {
        sums[i % sums.length]! += value
      })
      return { x, bias: sums }
    },
  },
  gpu: {
    forward: ({ in: { x, bias }, y }) => {
      const C = bias.type.shape[0]!
      return [elementwise(forwardKernel, [x, bias], [y], { c: C, c4: quads(C) })]
    },
    backward,
  },
  cases: [
    { shapes: { x: [1, 1, 1, 1], bias: [1] }, attributes: {} },
    { shapes: { x: [2, 5, 7, 10], bias: [10] }, attributes: {} },
    { shapes: { x: [1, 65, 66, 3], bias: [3] }, attributes: {} },
  ],
})
