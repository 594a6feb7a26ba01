import type { HostTensor } from '../op'
import { mapSizes, windows } from '../shape'
import { type ConvChoice, FIXED_CHOICE, kernelFor, TILE } from './choice'

export interface ConvAttributes {
  stride: number
  padding: number
  /** Whether to keep the output's statistics tile by tile. */
  statistics?: boolean
  /** How it is computed; every choice gives the same but for rounding. */
  choice?: ConvChoice
}

/** Calls `visit` with the offsets in y, x and w of every product that the convolution sums. */
function eachProduct(
  x: HostTensor,
  w: HostTensor,
  { stride, padding }: ConvAttributes,
  visit: (y: number, x: number, w: number) => void,
): void {
  const [N, H, W, C] = mapSizes(x)
  const [R, S, , K] = mapSizes(w)
  const P = windows(H, R, stride, padding)
  const Q = windows(W, S, stride, padding)
  for (let n = 0; n < N; n++)
    for (let p = 0; p < P; p++)
      for (let q = 0; q < Q; q++)
        for (let r = 0; r < R; r++)
          for (let s = 0; s < S; s++) {
            const h = p * stride + r - padding
            const column = q * stride + s - padding
            if (h < 0 || h >= H || column < 0 || column >= W) continue
            for (let c = 0; c < C; c++)
              for (let k = 0; k < K; k++) {
                visit(
                  ((n * P + p) * Q + q) * K + k,
                  ((n * H + h) * W + column) * C + c,
                  ((r * S + s) * C + c) * K + k,
                )
              }
          }
}

/** A convolution's values with their shape. */
export function convolved(
  x: HostTensor,
  w: HostTensor,
  data: Float64Array,
  { stride, padding }: ConvAttributes,
): HostTensor {
  const [N, H, W] = mapSizes(x)
  const [R, S, , K] = mapSizes(w)
  const shape = [N, windows(H, R, stride, padding), windows(W, S, stride, padding), K]
  return { shape, data }
}

/** y[n,p,q,k] = Σ_{r,s,c} x[n, p·stride+r−padding, q·stride+s−padding, c] · w[r,s,c,k]. */
export function forward(x: HostTensor, w: HostTensor, attributes: ConvAttributes): Float64Array {
  const [N, H, W] = mapSizes(x)
  const [R, S, , K] = mapSizes(w)
  const { stride, padding } = attributes
  const y = new Float64Array(
    N * windows(H, R, stride, padding) * windows(W, S, stride, padding) * K,
  )
  eachProduct(x, w, attributes, (i, j, l) => {
    y[i]! += x.data[j]! * w.data[l]!
  })
  return y
}

/** dx and dw: each product's factors, swapped with dy. */
export function backward(
  x: HostTensor,
  w: HostTensor,
  dy: Float64Array,
  attributes: ConvAttributes,
): { x: Float64Array; w: Float64Array } {
  const dx = new Float64Array(x.data.length)
  const dw = new Float64Array(w.data.length)
  eachProduct(x, w, attributes, (i, j, l) => {
    dx[j]! += dy[i]! * w.data[l]!
    dw[l]! += dy[i]! * x.data[j]!
  })
  return { x: dx, w: dw }
}

/**
 * {mean, M2} of each channel of y = conv(x, w) over the up to 8 pixels of each tile, [tile, c4, 2, 4],
 * pads zero. Tile t of a row holds 8 neighbours by the kernel `row`, and else every across-th pixel
 * from t on.
 */
export function tileStatistics(
  x: HostTensor,
  w: HostTensor,
  y: Float64Array,
  attributes: ConvAttributes,
): Float64Array {
  const [N, P, Q, K] = mapSizes(convolved(x, w, y, attributes))
  const K4 = Math.ceil(K / 4)
  const across = Math.ceil(Q / TILE)
  const { forward } = attributes.choice ?? FIXED_CHOICE
  const neighbours = kernelFor(forward, { ...attributes, x: x.shape, w: w.shape }) === 'row'
  const out = new Float64Array(N * P * across * K4 * 8)
  for (let row = 0; row < N * P; row++)
    for (let tile = 0; tile < across; tile++)
      for (let k = 0; k < K; k++) {
        const values: number[] = []
        for (let q = 0; q < Q; q++) {
          const own = neighbours ? Math.floor(q / TILE) : q % across
          if (own === tile) values.push(y[(row * Q + q) * K + k]!)
        }
        const mean = values.reduce((a, b) => a + b, 0) / values.length
        const at = ((row * across + tile) * K4 + (k >> 2)) * 8 + (k & 3)
        out[at] = mean
        out[at + 4] = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
      }
  return out
}
