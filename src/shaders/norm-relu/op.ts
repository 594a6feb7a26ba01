import { coefficientsOf, coefficientsType } from '../batch-norm/coefficients'
import { mergeSumsLaunch } from '../batch-norm/merge-sums'
import * as reference from '../batch-norm/reference'
import { type BackwardContext, defineOp, type HostTensor, type Variable } from '../op'
import { sameShape } from '../shape'
import { normDataGradientLaunch, normReluLaunch, sumsLaunches } from './launches'

export type NormInput = 'x' | 'coefficients' | 'weight' | 'bias'
type Host<N extends string> = { readonly [K in N]: HostTensor }

/** What every op with a batch norm in front declares for it. */
export const normInputs = { x: 'nhwc', coefficients: 'i', weight: 'c', bias: 'c' } as const

/** Shapes of a batch norm's inputs for a map of this shape. */
export function normShapes(x: readonly number[]) {
  const C = x.at(-1)!
  return { x, coefficients: coefficientsType(C).shape, weight: [C], bias: [C] }
}

/** The coefficients of a test case follow from its other inputs. */
export function deriveCoefficients({ x, weight, bias }: Host<'x' | 'weight' | 'bias'>) {
  return { coefficients: coefficientsOf(x, weight, bias) }
}

/** The batch norm of x by its own statistics, in float64. */
export function normalised({ x, weight, bias }: Host<'x' | 'weight' | 'bias'>): Float64Array {
  const { mean, variance } = reference.statistics(x)
  return reference.normalise(x, mean, reference.inverseDeviation(variance), weight, bias)
}

/** The gradients of x, weight and bias from dz, the gradient of the batch norm's output. */
export function normGradients({ x, weight }: Host<'x' | 'weight'>, dz: Float64Array) {
  const { mean, variance } = reference.statistics(x)
  const inverse = reference.inverseDeviation(variance)
  return reference.backward(x, weight, { mean, inverse, dy: dz })
}

/** dy where the ReLU's output y is above 0. */
export const passed = (y: Float64Array, dy: Float64Array) => dy.map((d, i) => (y[i]! > 0 ? d : 0))

/**
 * From dy to the gradients of weight and bias, and to dz, behind the ReLU where there is one, which
 * is written to `dz`. A dy that has been through the passage is dz already.
 */
export function normSums<In extends NormInput>(
  context: BackwardContext<In, never>,
  dz: Variable,
  withRelu: boolean,
) {
  const {
    in: inputs,
    y,
    dy,
    grad,
    passed,
    scratch,
  } = context as unknown as BackwardContext<NormInput, never>
  const { x, coefficients, weight } = inputs
  const weightGradient = grad.weight ?? scratch('Σ dz·x̂', weight.type)
  const biasGradient = grad.bias ?? scratch('Σ dz', weight.type)
  const summed = passed
    ? { launches: [], parts: passed }
    : sumsLaunches({ x, coefficients, dy, dz, ...(withRelu ? { y } : {}) }, scratch)
  return {
    launches: [...summed.launches, mergeSumsLaunch(summed.parts, weightGradient, biasGradient)],
    tensors: { x, coefficients, weightGradient, biasGradient, dz: withRelu && !passed ? dz : dy },
  }
}

function backward<In extends NormInput>(
  context: BackwardContext<In, never>,
  dz: Variable,
  withRelu: boolean,
) {
  const { launches, tensors } = normSums(context, dz, withRelu)
  const { grad, addend } = context as unknown as BackwardContext<NormInput, never>
  if (!grad.x) return launches
  return [...launches, normDataGradientLaunch({ ...tensors, dx: grad.x, addend: addend.x })]
}

/**
 * y = [relu](batch norm(x)) with `relu` or without, the batch norm given by its coefficients. The
 * gradient is that of the whole, statistics included.
 */
export const normRelu = defineOp<NormInput, { relu: boolean }>({
  name: 'normRelu',
  inputs: normInputs,
  differentiable: ['x', 'weight', 'bias'],
  accumulates: ['x'],
  shape: ({ x }) => x,
  cpu: {
    forward: (inputs, { relu }) => {
      const y = normalised(inputs)
      return { y: relu ? y.map((value) => Math.max(value, 0)) : y }
    },
    backward: (inputs, { y, dy }, { relu }) => normGradients(inputs, relu ? passed(y, dy) : dy),
  },
  gpu: {
    forward: ({ in: { x, coefficients }, y }, { relu }) => [
      normReluLaunch({ x, coefficients, y }, relu),
    ],
    backward: (context, { relu }) =>
      backward(context, context.scratch('dz', relu ? context.dy.type : unused), relu),
    passage: ({ in: { x, coefficients }, y }, { relu }) =>
      relu ? { y, raw: x, coefficients } : undefined,
  },
  cases: [true, false].flatMap((relu) => [
    { shapes: normShapes([2, 5, 7, 10]), attributes: { relu } },
    { shapes: normShapes([3, 4, 4, 1]), attributes: { relu } },
  ]),
  derive: deriveCoefficients,
})

/** Stands in a binding that the kernel leaves alone. */
const unused = { axes: 'i', shape: [4], element: 'f32' } as const

/** y = relu(batch norm(x) + addend): the end of a residual unit of v1. */
export const normAddRelu = defineOp<NormInput | 'addend'>({
  name: 'normAddRelu',
  inputs: { ...normInputs, addend: 'nhwc' },
  differentiable: ['x', 'weight', 'bias', 'addend'],
  accumulates: ['x'],
  overwrites: 'addend',
  shape: ({ x, addend }) => sameShape('normAddRelu', { x, addend }),
  cpu: {
    forward: ({ addend, ...norm }) => ({
      y: normalised(norm).map((value, i) => Math.max(value + addend.data[i]!, 0)),
    }),
    backward: (inputs, { y, dy }) => {
      const dz = passed(y, dy)
      return { ...normGradients(inputs, dz), addend: dz }
    },
  },
  gpu: {
    forward: ({ in: { x, coefficients, addend }, y }) => [
      normReluLaunch({ x, coefficients, y, addend }, true),
    ],
    backward: (context) =>
      backward(context, context.grad.addend ?? context.scratch('dz', context.dy.type), true),
    passage: ({ in: { x, coefficients }, y }) => ({ y, raw: x, coefficients }),
  },
  cases: [
    { shapes: { ...normShapes([2, 5, 7, 10]), addend: [2, 5, 7, 10] }, attributes: {} },
    { shapes: { ...normShapes([4, 3, 3, 1]), addend: [4, 3, 3, 1] }, attributes: {} },
  ],
  derive: deriveCoefficients,
})
