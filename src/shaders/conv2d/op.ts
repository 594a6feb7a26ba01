import { groups, type Launch } from '../../gpu/launch'
import { defineOp, type ForwardContext, type OpCase, type Variable } from '../op'
import { mapSizes, windows } from '../shape'
import { sumParts } from '../sum-parts'
import { elements, paddedShape, quads, tensorType } from '../tensor'
import dataGradientCode from './data-gradient.wgsl?raw'
import filterGradientCode from './filter-gradient.wgsl?raw'
import forwardCode from './forward.wgsl?raw'
import { backward, type ConvAttributes, forward } from './reference'
import transposeCode from './transpose-filter.wgsl?raw'

const forwardKernel = { label: 'conv2d forward', code: forwardCode }
const transposeKernel = { label: 'conv2d transpose filter', code: transposeCode }
const dataGradientKernel = { label: 'conv2d data gradient', code: dataGradientCode }
const filterGradientKernel = { label: 'conv2d filter gradient', code: filterGradientCode }

const GROUP = 64
const TILE = 8

type Inputs = 'x' | 'w'
type Case = OpCase<Inputs, ConvAttributes>

/** The constants that all of the convolution's kernels share. */
function geometry(x: Variable, w: Variable, y: Variable, { stride, padding }: ConvAttributes) {
  const [, H, W, C] = mapSizes(x.type)
  const [, P, Q, K] = mapSizes(y.type)
  const [R] = mapSizes(w.type)
  return { H, W, C4: quads(C), P, Q, K4: quads(K), KERNEL: R, STRIDE: stride, PADDING: padding }
}

function forwardLaunch(x: Variable, w: Variable, y: Variable, attributes: ConvAttributes) {
  const [N, P, Q, K] = mapSizes(y.type)
  const tiles = N * P * Math.ceil(Q / TILE)
  return {
    kernel: forwardKernel,
    constants: { ...geometry(x, w, y, attributes), TILES: tiles, GROUP },
    reads: [x, w],
    writes: [y],
    workgroups: [groups(tiles, GROUP), quads(K), 1],
  } satisfies Launch<Variable>
}

type Scratch = ForwardContext<Inputs, never>['scratch']

function dataGradientLaunches(
  { x, w, y, dy, dx }: Record<'x' | 'w' | 'y' | 'dy' | 'dx', Variable>,
  scratch: Scratch,
  attributes: ConvAttributes,
): Launch<Variable>[] {
  const [N, H, W, C] = mapSizes(x.type)
  const [R, S, , K] = mapSizes(w.type)
  const { stride } = attributes
  const transposed = scratch('transposed filter', tensorType('rskc', [R, S, K, C]))
  const blocks = R * S * quads(C) * quads(K)
  const tiles = N * Math.ceil(H / stride) * Math.ceil(Math.ceil(W / stride) / TILE)
  return [
    {
      kernel: transposeKernel,
      constants: { BLOCKS: blocks, C4: quads(C), K4: quads(K), GROUP },
      reads: [w],
      writes: [transposed],
      workgroups: [groups(blocks, GROUP), 1, 1],
    },
    {
      kernel: dataGradientKernel,
      constants: { ...geometry(x, w, y, attributes), TILES: tiles, GROUP },
      reads: [dy, transposed],
      writes: [dx],
      workgroups: [groups(tiles, GROUP), quads(C), stride * stride],
    },
  ]
}

/** Threads that keep a large GPU busy. */
const WANTED_THREADS = 32_768
const MAX_PARTS = 256

function filterGradientLaunches(
  { x, w, y, dy, dw }: Record<'x' | 'w' | 'y' | 'dy' | 'dw', Variable>,
  scratch: Scratch,
  attributes: ConvAttributes,
): Launch<Variable>[] {
  const [R, S, C, K] = mapSizes(w.type)
  const [N, P] = mapSizes(y.type)
  const items = R * Math.ceil(S / 3) * quads(C) * quads(K)
  const rows = N * P
  const wanted = Math.min(rows, MAX_PARTS, Math.ceil(WANTED_THREADS / items))
  const rowsPerPart = Math.ceil(rows / wanted)
  const parts = Math.ceil(rows / rowsPerPart)
  const size = elements(paddedShape(w.type))
  const partials = scratch('filter gradient parts', tensorType('pi', [parts, size]))
  return [
    {
      kernel: filterGradientKernel,
      constants: {
        ...geometry(x, w, y, attributes),
        ITEMS: items,
        ROWS: rows,
        ROWS_PER_PART: rowsPerPart,
        GROUP,
      },
      reads: [x, dy],
      writes: [partials],
      workgroups: [groups(items, GROUP), parts, 1],
    },
    sumParts(partials, dw),
  ]
}

function convCase(x: Case['shapes']['x'], kernel: number, K: number, stride: number): Case {
  return {
    shapes: { x, w: [kernel, kernel, x[3]!, K] },
    attributes: { stride, padding: Math.floor(kernel / 2) },
  }
}

/** A 2-D convolution (cross-correlation) with a square filter, without bias. */
export const conv2d = defineOp<Inputs, ConvAttributes>({
  name: 'conv2d',
  inputs: { x: 'nhwc', w: 'rsck' },
  differentiable: ['x', 'w'],
  shape: ({ x, w }, { stride, padding }) => {
    const [N, H, W, C] = mapSizes(x)
    const [R, S, channels, K] = mapSizes(w)
    if (C !== channels) {
      throw new Error(`conv2d: input has ${C} channels, weight expects ${channels}`)
    }
    if (R !== S) throw new Error(`conv2d: the filter must be square, got ${R}×${S}`)
    const P = windows(H, R, stride, padding)
    const Q = windows(W, S, stride, padding)
    if (P < 1 || Q < 1) {
      throw new Error(
        `conv2d: a ${R}×${S} filter does not fit a ${H}×${W} map (${padding} padding)`,
      )
    }
    return tensorType('nhwc', [N, P, Q, K])
  },
  cpu: {
    forward: ({ x, w }, attributes) => ({ y: forward(x, w, attributes) }),
    backward: ({ x, w }, { dy }, attributes) => backward(x, w, dy, attributes),
  },
  gpu: {
    forward: ({ in: { x, w }, y }, attributes) => [forwardLaunch(x, w, y, attributes)],
    backward: ({ in: { x, w }, y, dy, grad, scratch }, attributes) => [
      ...(grad.w ? filterGradientLaunches({ x, w, y, dy, dw: grad.w }, scratch, attributes) : []),
      ...(grad.x ? dataGradientLaunches({ x, w, y, dy, dx: grad.x }, scratch, attributes) : []),
    ],
  },
  cases: [
    convCase([1, 1, 1, 1], 1, 1, 1),
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
