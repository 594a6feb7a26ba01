import { mergeSumsLaunch } from '../batch-norm/merge-sums'
import { type ConvChoice, FIXED_CHOICE } from '../conv2d/choice'
import {
  dataGradientLaunch,
  filterGradientLaunches,
  forwardLaunch,
  partsType,
} from '../conv2d/launches'
import { convolvedType, savedParts } from '../conv2d/op'
import {
  type ConvAttributes,
  backward as convBackward,
  forward as convForward,
  tileStatistics,
} from '../conv2d/reference'
import { normDataGradientLaunch } from '../norm-relu/launches'
import {
  deriveCoefficients,
  normalised,
  normGradients,
  normInputs,
  normShapes,
} from '../norm-relu/op'
import { type BackwardContext, defineOp, type HostTensor } from '../op'
import { sameShape } from '../shape'

type Input = 'x' | 'coefficients' | 'weight' | 'bias' | 'w'
type Host = { readonly [K in Input]: HostTensor }

const activated = (inputs: Host): HostTensor => ({
  shape: inputs.x.shape,
  data: normalised(inputs).map((value) => Math.max(value, 0)),
})

/** conv(relu(batch norm(x)), w) [+ addend], with the output's statistics where asked for. */
function forward(inputs: Host, attributes: ConvAttributes, addend?: Float64Array) {
  const a = activated(inputs)
  const y = convForward(a, inputs.w, attributes)
  if (addend) for (const [i, value] of addend.entries()) y[i]! += value
  if (!attributes.statistics) return { y }
  return { y, saved: { parts: tileStatistics(a, inputs.w, y, attributes) } }
}

function backward(inputs: Host, dy: Float64Array, attributes: ConvAttributes) {
  const a = activated(inputs)
  const { x: da, w } = convBackward(a, inputs.w, dy, attributes)
  const dz = da.map((value, i) => (a.data[i]! > 0 ? value : 0))
  return { ...normGradients(inputs, dz), w }
}

/** The filter's gradient, then dy through convolution, ReLU and batch norm. */
function backwardLaunches<In extends Input>(
  context: BackwardContext<In, 'parts'>,
  attributes: ConvAttributes,
) {
  const {
    in: inputs,
    dy,
    grad,
    addend,
    settings,
    scratch,
  } = context as unknown as BackwardContext<Input, 'parts'>
  const { x, coefficients, weight, w } = inputs
  const launches = grad.w
    ? filterGradientLaunches({ x, dy, dw: grad.w, coefficients, scratch }, attributes)
    : []
  if (!(grad.x || grad.weight || grad.bias)) return launches
  const weightGradient = grad.weight ?? scratch('Σ dz·x̂', weight.type)
  const biasGradient = grad.bias ?? scratch('Σ dz', weight.type)
  const dz = scratch('dz', x.type)
  const parts = scratch('batch norm parts', partsType(x.type, attributes.stride))
  const tensors = { source: dy, filter: w, result: dz, raw: x, coefficients, parts }
  launches.push(
    dataGradientLaunch({ ...tensors, settings, scratch }, attributes),
    mergeSumsLaunch(parts, weightGradient, biasGradient),
  )
  if (grad.x) {
    const sums = { coefficients, weightGradient, biasGradient }
    launches.push(normDataGradientLaunch({ x, dz, ...sums, dx: grad.x, addend: addend.x }))
  }
  return launches
}

function convCase(x: readonly number[], kernel: number, K: number, attributes: ConvAttributes) {
  return {
    shapes: { ...normShapes(x), w: [kernel, kernel, x[3]!, K] },
    attributes,
  }
}

const TILED: ConvChoice = { ...FIXED_CHOICE, forward: 'tiled', dataGradient: 'tiled' }

/**
 * y = conv(relu(batch norm(x)), w): the step from one raw convolution output to the next, of which
 * nothing in between is kept. The batch norm is given by its coefficients; the gradient is that of
 * the whole, statistics included.
 */
export const normReluConv = defineOp<Input, ConvAttributes, 'parts'>({
  name: 'normReluConv',
  inputs: { ...normInputs, w: 'rsck' },
  differentiable: ['x', 'weight', 'bias', 'w'],
  accumulates: ['x'],
  shape: convolvedType,
  saved: (inputs, attributes) => savedParts(convolvedType(inputs, attributes), attributes),
  cpu: {
    forward: (inputs, attributes) => forward(inputs, attributes),
    backward: (inputs, { dy }, attributes) => backward(inputs, dy, attributes),
  },
  gpu: {
    forward: ({ in: { x, coefficients, w }, y, saved, settings, scratch }, attributes) => [
      forwardLaunch(
        { source: x, coefficients, filter: w, result: y, parts: saved.parts, settings, scratch },
        attributes,
      ),
    ],
    backward: (context, attributes) => backwardLaunches(context, attributes),
  },
  cases: [
    convCase([2, 5, 9, 6], 3, 10, { stride: 1, padding: 1, statistics: true }),
    convCase([2, 3, 16, 6], 3, 10, { stride: 1, padding: 1, statistics: true }),
    convCase([2, 5, 9, 22], 3, 36, { stride: 1, padding: 1, statistics: true, choice: TILED }),
    convCase([2, 5, 7, 12], 3, 5, { stride: 2, padding: 1, statistics: true, choice: TILED }),
    convCase([2, 6, 5, 4], 1, 20, { stride: 1, padding: 0 }),
    convCase([2, 5, 7, 12], 3, 5, { stride: 2, padding: 1, statistics: true }),
  ],
  derive: deriveCoefficients,
})

/** y = addend + conv(relu(batch norm(x)), w): the end of a residual unit of v2. */
export const normReluConvAdd = defineOp<Input | 'addend', ConvAttributes, 'parts'>({
  name: 'normReluConvAdd',
  inputs: { ...normInputs, w: 'rsck', addend: 'nhwc' },
  differentiable: ['x', 'weight', 'bias', 'w', 'addend'],
  passes: ['addend'],
  accumulates: ['x'],
  shape: ({ addend, ...inputs }, attributes) =>
    sameShape('normReluConvAdd', { y: convolvedType(inputs, attributes), addend }),
  saved: (inputs, attributes) => savedParts(convolvedType(inputs, attributes), attributes),
  cpu: {
    forward: ({ addend, ...inputs }, attributes) => forward(inputs, attributes, addend.data),
    backward: (inputs, { dy }, attributes) => ({
      ...backward(inputs, dy, attributes),
      addend: dy,
    }),
  },
  gpu: {
    forward: ({ in: { x, coefficients, w, addend }, y, saved, settings, scratch }, attributes) => [
      forwardLaunch(
        {
          ...{ source: x, coefficients, filter: w, addend, result: y, parts: saved.parts },
          ...{ settings, scratch },
        },
        attributes,
      ),
    ],
    backward: (context, attributes) => backwardLaunches(context, attributes),
  },
  cases: [
    {
      shapes: { ...normShapes([2, 5, 9, 6]), w: [3, 3, 6, 10], addend: [2, 5, 9, 10] },
      attributes: { stride: 1, padding: 1, statistics: true },
    },
    {
      shapes: { ...normShapes([2, 3, 8, 6]), w: [3, 3, 6, 10], addend: [2, 3, 8, 10] },
      attributes: { stride: 1, padding: 1, statistics: true },
    },
    {
      shapes: { ...normShapes([2, 4, 4, 8]), w: [1, 1, 8, 3], addend: [2, 4, 4, 3] },
      attributes: { stride: 1, padding: 0 },
    },
  ],
  derive: deriveCoefficients,
})
