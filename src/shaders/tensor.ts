import { fromHalf, toHalf } from './half'

/**
 * A tensor's shape with a letter an axis: `nhwc` a feature map, `rsck` a filter (rows, columns,
 * channels in, channels out), `nc` and `nk` vectors an image, `ck` a matrix, `c` and `k` vectors,
 * `n` a number an image. On the GPU the channel axes c and k are padded with zeros to a multiple
 * of 4, so that a kernel moves vec4s; every kernel keeps those pads zero.
 */
export interface TensorType {
  readonly axes: string
  readonly shape: readonly number[]
  readonly element: Element
}

export type Element = keyof typeof ELEMENT_BYTES

/** What feature maps can be stored as; all other tensors are f32 or u32. */
export type MapElement = 'f32' | 'f16'

const ELEMENT_BYTES = { f32: 4, u32: 4, f16: 2 }

export function tensorType(
  axes: string,
  shape: readonly number[],
  element: Element = 'f32',
): TensorType {
  if (axes.length !== shape.length) {
    throw new Error(`a tensor with axes "${axes}" needs ${axes.length} sizes, got [${shape}]`)
  }
  return { axes, shape, element }
}

/** Channels in groups of 4, the last one padded. */
export function quads(channels: number): number {
  return Math.ceil(channels / 4)
}

/** The shape as it lies in GPU memory. */
export function paddedShape({ axes, shape }: TensorType): number[] {
  return shape.map((size, i) => (axes[i] === 'c' || axes[i] === 'k' ? 4 * quads(size) : size))
}

export function elements(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1)
}

export function byteLength(type: TensorType): number {
  return ELEMENT_BYTES[type.element] * elements(paddedShape(type))
}

export function isFeatureMap({ axes }: TensorType): boolean {
  return axes === 'nhwc'
}

/** The type with its elements stored as `element` says, if it is a feature map. */
export function storedAs(element: MapElement, type: TensorType): TensorType {
  return isFeatureMap(type) ? { ...type, element } : type
}

/**
 * Offsets in padded memory of the elements in row-major order of the true shape. Filters lie in
 * blocks of 4 × 4 channels, [r,s,c4,k4,4,4], so that a kernel reads a block as one matrix.
 */
function* paddedOffsets(type: TensorType): Generator<number> {
  if (type.axes === 'rsck') return yield* blockedOffsets(type.shape)
  const padded = paddedShape(type)
  const index = type.shape.map(() => 0)
  for (let i = 0, count = elements(type.shape); i < count; i++) {
    let offset = 0
    for (let axis = 0; axis < index.length; axis++) offset = offset * padded[axis]! + index[axis]!
    yield offset
    for (let axis = index.length - 1; axis >= 0; axis--) {
      if (++index[axis]! < type.shape[axis]!) break
      index[axis] = 0
    }
  }
}

function* blockedOffsets([R, S, C, K]: readonly number[]): Generator<number> {
  const [C4, K4] = [quads(C!), quads(K!)]
  for (let tap = 0; tap < R! * S!; tap++)
    for (let c = 0; c < C!; c++)
      for (let k = 0; k < K!; k++) {
        yield ((tap * C4 + (c >> 2)) * K4 + (k >> 2)) * 16 + (c & 3) * 4 + (k & 3)
      }
}

type Memory = Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Uint16Array<ArrayBuffer>

/** Values in row-major order of the true shape, as they lie in GPU memory. */
export function pack(type: TensorType, values: ArrayLike<number>): Memory {
  const out = wordsOf(type, new ArrayBuffer(byteLength(type)))
  const half = type.element === 'f16'
  let i = 0
  for (const offset of paddedOffsets(type)) {
    const value = values[i++]!
    out[offset] = half ? toHalf(value) : value
  }
  return out
}

/** The inverse of `pack`: drops the pads. */
export function unpack(type: TensorType, memory: ArrayBuffer): Float32Array {
  const padded = wordsOf(type, memory)
  const half = type.element === 'f16'
  const out = new Float32Array(elements(type.shape))
  let i = 0
  for (const offset of paddedOffsets(type)) {
    const word = padded[offset]!
    out[i++] = half ? fromHalf(word) : word
  }
  return out
}

/** An element each; of f16 the bits. */
function wordsOf({ element }: TensorType, memory: ArrayBuffer): Memory {
  if (element === 'u32') return new Uint32Array(memory)
  return element === 'f16' ? new Uint16Array(memory) : new Float32Array(memory)
}
