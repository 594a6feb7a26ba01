import { defineOp } from '../op'
import { sameShape } from '../shape'
import { padded, paddedGradient, zeroPadShortcut } from '../zero-pad-shortcut/op'
import { normReluLaunch, paddedGradientLaunch } from './launches'
import {
  deriveCoefficients,
  type NormInput,
  normalised,
  normGradients,
  normInputs,
  normShapes,
  normSums,
  passed,
} from './op'

/**
 * y = relu(batch norm(x) + P(addend)), P the zero-padding shortcut at `stride` (projection A, He et
 * al. 2015): the end of a unit of v1 in which the feature map changes.
 */
export const normPadAddRelu = defineOp<NormInput | 'addend', { stride: number }>({
  name: 'normPadAddRelu',
  inputs: { ...normInputs, addend: 'nhwc' },
  differentiable: ['x', 'weight', 'bias', 'addend'],
  shape: ({ x, addend }, { stride }) => {
    const channels = x.shape.at(-1)!
    const shortcut = zeroPadShortcut.shape({ x: addend }, { stride, channels })
    return sameShape('normPadAddRelu', { x, shortcut })
  },
  cpu: {
    forward: ({ addend, ...norm }, { stride }) => {
      const shortcut = padded(addend, { stride, channels: norm.x.shape.at(-1)! })
      return { y: normalised(norm).map((value, i) => Math.max(value + shortcut[i]!, 0)) }
    },
    backward: ({ addend, ...norm }, { y, dy }, { stride }) => {
      const dz = passed(y, dy)
      const attributes = { stride, channels: norm.x.shape.at(-1)! }
      return { ...normGradients(norm, dz), addend: paddedGradient(addend, dz, attributes) }
    },
  },
  gpu: {
    forward: ({ in: { x, coefficients, addend }, y }, { stride }) => [
      normReluLaunch({ x, coefficients, y, addend }, true, stride),
    ],
    backward: (context, { stride }) => {
      const { in: inputs, dy, grad, scratch } = context
      const { launches, tensors } = normSums(context, scratch('dz', dy.type), true)
      const dx = grad.x ?? scratch('dx', inputs.x.type)
      const shortcut = grad.addend ?? scratch('gradient of the shortcut', inputs.addend.type)
      return [...launches, paddedGradientLaunch({ ...tensors, dx, shortcut }, stride)]
    },
    passage: ({ in: { x, coefficients }, y }) => ({ y, raw: x, coefficients }),
  },
  cases: [
    { shapes: { ...normShapes([2, 3, 4, 9]), addend: [2, 5, 7, 5] }, attributes: { stride: 2 } },
    { shapes: { ...normShapes([3, 3, 2, 12]), addend: [3, 6, 4, 6] }, attributes: { stride: 2 } },
    { shapes: { ...normShapes([3, 4, 4, 3]), addend: [3, 4, 4, 1] }, attributes: { stride: 1 } },
  ],
  derive: deriveCoefficients,
})
