/** A WGSL module with one entry point, `main`. The label names it in errors and profiles. */
export interface Kernel {
  label: string
  code: string
}

/**
 * One dispatch. Bindings of group 0 count from 0: first what is read, then what is written (read
 * and write access), then the uniforms, last the sizes. `B` is a place for data: a variable while a
 * program is being built, a range of a buffer once it is laid out.
 */
export interface Launch<B> {
  kernel: Kernel
  /** Values of the kernel's `override` constants: each set of them is compiled anew. */
  constants: Record<string, number>
  /**
   * Integers for the kernel's `Sizes`, a uniform, by name: launches that differ only in them share a
   * pipeline.
   */
  sizes?: Readonly<Record<string, number>>
  reads: readonly B[]
  writes: readonly B[]
  uniforms?: readonly B[]
  workgroups: readonly [number, number, number]
  /** Multiplications and additions of the formula, where they are what the kernel is for. */
  flops?: number
}

/** What every adapter can bind as a uniform, by WebGPU's default limits. */
export const UNIFORM_BYTES = 65_536
/** Every adapter can bind a buffer at multiples of so many bytes. */
export const BINDING_ALIGNMENT = 256
/** Workgroups along an axis that every adapter can dispatch. */
const MAX_GROUPS = 65_535

/** Workgroups for `count` threads along x, in groups of `size`; the kernel checks its bounds. */
export function groups(count: number, size: number): number {
  const needed = Math.ceil(count / size)
  if (needed > MAX_GROUPS) {
    throw new RangeError(
      `a dispatch of ${needed} workgroups is over the limit of ${MAX_GROUPS}: lower the batch size`,
    )
  }
  return needed
}

/** Workgroups for a kernel whose threads stride over `count` items, however many there are. */
export function stridingGroups(count: number, size: number): number {
  return Math.min(Math.ceil(count / size), 16_384)
}
