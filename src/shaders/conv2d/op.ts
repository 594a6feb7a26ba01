import { defineOp, type OpCase } from '../op'
import { mapSizes, windows } from '../shape'
import { type TensorType, tensorType } from '../tensor'
import { type ConvKernel, FIXED_CHOICE } from './choice'
import { dataGradientLaunch, filterGradientLaunches, forwardLaunch, partsType } from './launches'
import { backward, type ConvAttributes, forward, tileStatistics } from './reference'

type Inputs = 'x' | 'w'
type Case = OpCase<Inputs, ConvAttributes>

/** The output's type; throws where filter and map do not fit. */
export function convolvedType(
  { x, w }: Record<Inputs, TensorType>,
  { stride, padding }: ConvAttributes,
): TensorType {
  const [N, H, W, C] = mapSizes(x)
  const [R, S, channels, K] = mapSizes(w)
  if (C !== channels) {
    throw new Error(`conv2d: input has ${C} channels, weight expects ${channels}`)
  }
  if (R !== S) throw new Error(`conv2d: the filter must be square, got ${R}×${S}`)
  const P = windows(H, R, stride, padding)
  const Q = windows(W, S, stride, padding)
  if (P < 1 || Q < 1) {
    throw new Error(`conv2d: a ${R}×${S} filter does not fit a ${H}×${W} map (${padding} padding)`)
  }
  return tensorType('nhwc', [N, P, Q, K])
}

function convCase(x: Case['shapes']['x'], kernel: number, K: number, stride: number): Case {
  return {
    shapes: { x, w: [kernel, kernel, x[3]!, K] },
    attributes: { stride, padding: Math.floor(kernel / 2) },
  }
}

/** The same case by another kernel. */
function by(kernel: ConvKernel, { shapes, attributes }: Case): Case {
  const choice = { ...FIXED_CHOICE, forward: kernel, dataGradient: kernel }
  return { shapes, attributes: { ...attributes, choice } }
}

/** What a convolution saves: the tiles' statistics, where they are asked for. */
export function savedParts(y: TensorType, { statistics = false }: ConvAttributes) {
  return (statistics ? { parts: partsType(y) } : {}) as Record<'parts', TensorType>
}

/**
 * A 2-D convolution (cross-correlation) with a square filter, without bias. With `statistics` it
 * also keeps mean and M2 of each tile of its output, for a batch norm that follows.
 */
export const conv2d = defineOp<Inputs, ConvAttributes, 'parts'>({
  name: 'conv2d',
  inputs: { x: 'nhwc', w: 'rsck' },
  differentiable: ['x', 'w'],
  accumulates: ['x'],
  completes: ({ x }, { stride }) => ({ x: partsType(x, stride) }),
  shape: convolvedType,
  saved: (inputs, attributes) => savedParts(convolvedType(inputs, attributes), attributes),
  cpu: {
    forward: ({ x, w }, attributes) => {
      const y = forward(x, w, attributes)
      const { statistics = false } = attributes
      return statistics ? { y, saved: { parts: tileStatistics(x, w, y, attributes) } } : { y }
    },
    backward: ({ x, w }, { dy }, attributes) => backward(x, w, dy, attributes),
  },
  gpu: {
    forward: ({ in: { x, w }, y, saved: { parts }, ...context }, attributes) => [
      forwardLaunch({ ...context, source: x, filter: w, result: y, parts }, attributes),
    ],
    backward: ({ in: { x, w }, dy, grad, addend, onward, ...context }, attributes) => [
      ...(grad.w
        ? filterGradientLaunches({ x, dy, dw: grad.w, scratch: context.scratch }, attributes)
        : []),
      ...(grad.x
        ? [
            dataGradientLaunch(
              {
                ...{ source: dy, filter: w, result: grad.x, addend: addend.x },
                ...(onward?.x && { ...onward.x, passed: onward.x.y }),
                ...{ settings: context.settings, scratch: context.scratch },
              },
              attributes,
            ),
          ]
        : []),
    ],
  },
  cases: [
    by('direct', convCase([2, 3, 16, 5], 3, 18, 1)),
    convCase([2, 3, 24, 5], 3, 18, 1),
    by('tiled', convCase([2, 3, 19, 5], 3, 18, 1)),
    by('tiled', convCase([2, 5, 7, 10], 3, 5, 2)),
    by('tiled', convCase([1, 11, 13, 3], 7, 5, 2)),
    by('tiled', convCase([2, 6, 6, 40], 1, 12, 2)),
    by('tiled', convCase([3, 8, 8, 17], 3, 33, 1)),
    by('tiled-wide', convCase([2, 5, 7, 10], 3, 70, 2)),
    by('tiled-wide', convCase([1, 9, 17, 66], 1, 6, 1)),
    convCase([1, 1, 1, 1], 1, 1, 1),
    {
      ...convCase([2, 3, 19, 5], 3, 18, 1),
      attributes: { stride: 1, padding: 1, statistics: true },
    },
    {
      ...convCase([2, 3, 16, 5], 3, 18, 1),
      attributes: { stride: 1, padding: 1, statistics: true },
    },
    {
      ...convCase([2, 5, 7, 3], 3, 5, 1),
      attributes: { stride: 1, padding: 1, choice: { ...FIXED_CHOICE, filterGradientThreads: 64 } },
    },
    {
      ...convCase([2, 5, 7, 3], 3, 18, 1),
      attributes: { stride: 1, padding: 1, choice: { ...FIXED_CHOICE, filterGradientQuads: 1 } },
    },
    convCase([1, 1, 1, 3], 3, 5, 1),
    convCase([2, 5, 7, 3], 3, 7, 1),
    convCase([2, 5, 7, 10], 3, 5, 2),
    convCase([3, 8, 8, 4], 3, 8, 2),
    convCase([1, 9, 17, 7], 3, 3, 1),
    convCase([2, 5, 7, 5], 1, 10, 1),
    convCase([2, 6, 6, 8], 1, 12, 2),
    convCase([2, 5, 7, 7], 1, 3, 2),
    convCase([1, 11, 13, 3], 7, 5, 2),
    convCase([1, 9, 6, 2], 5, 3, 1),
    convCase([1, 10, 8, 3], 5, 4, 3),
    { shapes: { x: [2, 6, 5, 3], w: [3, 3, 3, 4] }, attributes: { stride: 1, padding: 0 } },
    { shapes: { x: [1, 4, 4, 3], w: [3, 3, 3, 4] }, attributes: { stride: 1, padding: 2 } },
  ],
})
