import { type TensorType, tensorType } from '../shaders/tensor'

/** The engine's type for a tensor of PyTorch's shape: OIHW is `rsck`, out × in is `ck`. */
export function engineType(shape: readonly number[]): TensorType {
  if (shape.length === 4) {
    const [K, C, R, S] = shape as [number, number, number, number]
    return tensorType('rsck', [R, S, C, K])
  }
  if (shape.length === 2) {
    const [K, C] = shape as [number, number]
    return tensorType('ck', [C, K])
  }
  return tensorType('c', shape)
}

/** The offset in PyTorch's layout of each element in the engine's order. */
function* torchOffsets(shape: readonly number[]): Generator<number> {
  if (shape.length === 1) {
    for (let i = 0; i < shape[0]!; i++) yield i
    return
  }
  const [K, C, R = 1, S = 1] = shape as [number, number, number?, number?]
  for (let r = 0; r < R; r++)
    for (let s = 0; s < S; s++)
      for (let c = 0; c < C; c++) for (let k = 0; k < K; k++) yield ((k * C + c) * R + r) * S + s
}

/** Values from PyTorch's layout into the engine's order. */
export function fromTorch(shape: readonly number[], values: Float32Array): Float32Array {
  return Float32Array.from(torchOffsets(shape), (offset) => values[offset]!)
}

/** Values from the engine's order into PyTorch's layout. */
export function toTorch(shape: readonly number[], values: Float32Array): Float32Array {
  const out = new Float32Array(values.length)
  let i = 0
  for (const offset of torchOffsets(shape)) out[offset] = values[i++]!
  return out
}
