import type { Element, TensorType } from '../tensor'

/** Pixels of a thread, or tile. */
export const TILE = 8

/**
 * How a convolution or its data gradient is computed: in registers, on any shape or (`row`) with few
 * instructions on those of `kernelFor`; or as a matrix product in workgroup memory, by 64 threads or
 * (`tiled-wide`) by 256 on larger tiles.
 */
export const CONV_KERNELS = ['row', 'direct', 'tiled', 'tiled-wide'] as const

export const FILTER_GRADIENT_QUADS = [1, 2] as const

export type ConvKernel = (typeof CONV_KERNELS)[number]

/** How a convolution and its gradients are computed. */
export interface ConvChoice {
  forward: ConvKernel
  dataGradient: ConvKernel
  /** About how many threads share the filter gradient: more mean more parts to add up. */
  filterGradientThreads: number
  /** Of four output channels, in a thread of the filter gradient: two take more registers. */
  filterGradientQuads: (typeof FILTER_GRADIENT_QUADS)[number]
}

/** What is taken where nobody chooses: the same on every adapter. */
export const FIXED_CHOICE: ConvChoice = {
  forward: 'row',
  dataGradient: 'row',
  filterGradientThreads: 7680,
  filterGradientQuads: 2,
}

/** What a choice is made for: sizes of the input [n,h,w,c] and of the filter [r,s,c,k]. */
export interface ConvShape {
  /** How the input is stored. */
  element: Element
  x: readonly number[]
  w: readonly number[]
  stride: number
  padding: number
}

/** Choices by `shapeKey`; where there is none, `FIXED_CHOICE` holds. */
export type ConvTable = Readonly<Record<string, ConvChoice>>

export function convShape(
  x: TensorType,
  w: TensorType,
  { stride, padding }: { stride: number; padding: number },
): ConvShape {
  return { element: x.element, x: x.shape, w: w.shape, stride, padding }
}

/** `f32 8×32×32×16 3×3×16×32 /2 +1`: storage, input, filter, stride and padding. */
export function shapeKey({ element, x, w, stride, padding }: ConvShape): string {
  return `${element} ${x.join('×')} ${w.join('×')} /${stride} +${padding}`
}

/** The kernel that a choice comes to: `row` is for 3 × 3 taps that keep a map of whole tiles' size. */
export function kernelFor(
  kernel: ConvKernel,
  { x, w, stride, padding }: Omit<ConvShape, 'element'>,
): ConvKernel {
  if (kernel !== 'row') return kernel
  const suits = w[0] === 3 && stride === 1 && padding === 1 && x[2]! % TILE === 0
  return suits ? 'row' : 'direct'
}
