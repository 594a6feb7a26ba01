import { groups, type Launch, stridingGroups } from '../../gpu/launch'
import type { Variable } from '../op'
import { mapSizes } from '../shape'
import { elements, quads, type TensorType, tensorType } from '../tensor'
import shortcutGradientCode from '../zero-pad-shortcut/gradient.wgsl?raw'
import dataGradientCode from './data-gradient.wgsl?raw'
import forwardCode from './forward.wgsl?raw'
import gradientCode from './gradient.wgsl?raw'
import paddedGradientCode from './padded-gradient.wgsl?raw'
import sumsCode from './sums.wgsl?raw'

const forwardKernel = { label: 'norm relu', code: forwardCode }
const sumsKernel = { label: 'norm relu sums', code: sumsCode }
const dataGradientKernel = { label: 'norm data gradient', code: gradientCode + dataGradientCode }
const paddedGradientKernel = {
  label: 'norm and shortcut gradient',
  code: gradientCode + shortcutGradientCode + paddedGradientCode,
}

const GROUP = 64
const MAX_PARTS = 1024
const PIXELS_PER_PART = 64

function pixelsOf({ shape }: TensorType) {
  const C = shape.at(-1)!
  return { pixels: elements(shape) / C, c4: quads(C) }
}

const NOT_PADDED = { p: 0, q: 0, h: 0, w: 0, a4: 0, stride: 0 }

/** y = [relu](scale · x + shift [+ addend]), the addend zero-padded where a `stride` is given. */
export function normReluLaunch(
  tensors: Record<'x' | 'coefficients' | 'y', Variable> & { addend?: Variable },
  withRelu: boolean,
  stride?: number,
): Launch<Variable> {
  const { x, coefficients, y, addend } = tensors
  const { pixels, c4 } = pixelsOf(x.type)
  return {
    kernel: forwardKernel,
    constants: {
      RELU: Number(withRelu),
      ADD: Number(addend !== undefined),
      PAD: Number(stride !== undefined),
      GROUP,
    },
    sizes: {
      ...{ count: pixels * c4, c4 },
      ...(addend && stride !== undefined ? paddedSizes(y, addend, stride) : NOT_PADDED),
    },
    reads: [x, addend ?? x, coefficients],
    writes: [y],
    workgroups: [stridingGroups(pixels * c4, GROUP), 1, 1],
  }
}

function paddedSizes(y: Variable, addend: Variable, stride: number) {
  const [, p, q] = mapSizes(y.type)
  const [, h, w, c] = mapSizes(addend.type)
  return { p, q, h, w, a4: quads(c), stride }
}

/** Σ dz and Σ dz·x̂ in parts, and with `y`, the ReLU's output, dz itself; dz may be dy. */
export function sumsLaunches(
  tensors: Record<'x' | 'coefficients' | 'dy' | 'dz', Variable> & { y?: Variable },
  scratch: (label: string, type: TensorType) => Variable,
): { launches: Launch<Variable>[]; parts: Variable } {
  const { x, y, dy, coefficients, dz } = tensors
  const { pixels, c4 } = pixelsOf(x.type)
  const count = Math.min(Math.ceil(pixels / PIXELS_PER_PART), MAX_PARTS)
  const parts = scratch('batch norm parts', tensorType('pic', [count, c4 * 2, 4]))
  const launch: Launch<Variable> = {
    kernel: sumsKernel,
    constants: { RELU: Number(y !== undefined), IN_PLACE: Number(dz === dy), GROUP },
    sizes: { pixels, c4, parts: count },
    reads: [x, y ?? x, dz === dy ? x : dy, coefficients],
    writes: [dz, parts],
    workgroups: [groups(count * c4, GROUP), 1, 1],
  }
  return { launches: [launch], parts }
}

/** dx of a batch norm from dz and the sums, plus what other readers of x gave. */
export function normDataGradientLaunch(
  tensors: Record<
    'x' | 'dz' | 'coefficients' | 'weightGradient' | 'biasGradient' | 'dx',
    Variable
  > & { addend?: Variable | undefined },
): Launch<Variable> {
  const { x, dz, addend, coefficients, weightGradient, biasGradient, dx } = tensors
  const { pixels, c4 } = pixelsOf(x.type)
  const inPlace = addend === dx
  return {
    kernel: dataGradientKernel,
    constants: { ADD: Number(addend !== undefined), IN_PLACE: Number(inPlace), GROUP },
    sizes: { count: pixels * c4, c4, pixels },
    reads: [x, dz, (inPlace ? undefined : addend) ?? x, coefficients, weightGradient, biasGradient],
    writes: [dx],
    workgroups: [stridingGroups(pixels * c4, GROUP), 1, 1],
  }
}

/** dx of a batch norm from dz and the sums, and from the same dz that of the map zero-padded to it. */
export function paddedGradientLaunch(
  tensors: Record<
    'x' | 'dz' | 'coefficients' | 'weightGradient' | 'biasGradient' | 'dx' | 'shortcut',
    Variable
  >,
  stride: number,
): Launch<Variable> {
  const { x, dz, coefficients, weightGradient, biasGradient, dx, shortcut } = tensors
  const { pixels, c4: k4 } = pixelsOf(x.type)
  const { p, q, h, w, a4: c4 } = paddedSizes(x, shortcut, stride)
  const own = pixels * k4
  const input = pixelsOf(shortcut.type)
  const count = own + input.pixels * input.c4
  const c = shortcut.type.shape.at(-1)!
  return {
    kernel: paddedGradientKernel,
    constants: { GROUP },
    sizes: { count, own, pixels, h, w, c, c4, p, q, k4, stride },
    reads: [x, dz, coefficients, weightGradient, biasGradient],
    writes: [dx, shortcut],
    workgroups: [stridingGroups(count, GROUP), 1, 1],
  }
}
