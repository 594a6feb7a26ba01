import type { TensorType } from './tensor'

/** The common type of inputs that must have one shape. */
export function sameShape(op: string, inputs: Record<string, TensorType>): TensorType {
  const [[firstName, first], ...rest] = Object.entries(inputs) as [string, TensorType][] & {
    0: [string, TensorType]
  }
  for (const [name, type] of rest) {
    if (String(type.shape) !== String(first.shape)) {
      throw new Error(
        `${op}: ${firstName} is [${first.shape}], but ${name} is [${type.shape}]; they must be equal`,
      )
    }
  }
  return first
}

/** Output size along one axis for a window of `kernel` at `stride` over `size` padded elements. */
export function windows(size: number, kernel: number, stride: number, padding: number): number {
  return Math.floor((size + 2 * padding - kernel) / stride) + 1
}

/** The four sizes of a feature map. */
export function mapSizes({ shape }: { readonly shape: readonly number[] }) {
  return shape as readonly [number, number, number, number]
}
