/**
 * A tensor's shape with a letter an axis: `nhwc` a feature map, `rsck` a filter (rows, columns,
 * channels in, channels out), `nc` and `nk` vectors an image, `ck` a matrix, `c` and `k` vectors,
 * `n` a number an image. On the GPU the channel axes c and k are padded with zeros to a multiple
 * of 4, so that a kernel moves vec4s; every kernel keeps those pads zero.
 */
export interface TensorType {
  readonly axes: string
  readonly shape: readonly number[]
  readonly element: 'f32' | 'u32'
}

export function tensorType(
  axes: string,
  shape: readonly number[],
  element: TensorType['element'] = 'f32',
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
  return 4 * elements(paddedShape(type))
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

/** Values in row-major order of the true shape, as they lie in GPU memory. */
export function pack(
  type: TensorType,
  values: ArrayLike<number>,
): Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer> {
  const count = elements(paddedShape(type))
  const out = type.element === 'u32' ? new Uint32Array(count) : new Float32Array(count)
  let i = 0
  for (const offset of paddedOffsets(type)) out[offset] = values[i++]!
  return out
}

/** The inverse of `pack`: drops the pads. */
export function unpack(type: TensorType, memory: ArrayBuffer): Float32Array {
  const padded = type.element === 'u32' ? new Uint32Array(memory) : new Float32Array(memory)
  const out = new Float32Array(elements(type.shape))
  let i = 0
  for (const offset of paddedOffsets(type)) out[i++] = padded[offset]!
  return out
}
