import { groups, type Launch, stridingGroups } from '../../gpu/launch'
import type { Variable } from '../op'
import { elements, quads, type TensorType, tensorType } from '../tensor'
import dataGradientCode from './data-gradient.wgsl?raw'
import forwardCode from './forward.wgsl?raw'
import sumsCode from './sums.wgsl?raw'

const forwardKernel = { label: 'norm relu', code: forwardCode }
const sumsKernel = { label: 'norm relu sums', code: sumsCode }
const dataGradientKernel = { label: 'norm data gradient', code: dataGradientCode }

const GROUP = 64
const MAX_PARTS = 1024
const PIXELS_PER_PART = 64

function pixelsOf({ shape }: TensorType) {
  const C = shape.at(-1)!
  return { pixels: elements(shape) / C, c4: quads(C) }
}

/** y = [relu](scale · x + shift [+ addend]). */
export function normReluLaunch(
  tensors: Record<'x' | 'coefficients' | 'y', Variable> & { addend?: Variable },
  withRelu: boolean,
): Launch<Variable> {
  const { x, coefficients, y, addend } = tensors
  const { pixels, c4 } = pixelsOf(x.type)
  return {
    kernel: forwardKernel,
    constants: { RELU: Number(withRelu), ADD: Number(addend !== undefined), GROUP },
    sizes: { count: pixels * c4, c4 },
    reads: [x, addend ?? x, coefficients],
    writes: [y],
    workgroups: [stridingGroups(pixels * c4, GROUP), 1, 1],
  }
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
