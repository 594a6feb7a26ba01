import type { Launch } from '../../gpu/launch'
import type { Variable } from '../op'
import { elements, paddedShape, tensorType } from '../tensor'
import sumCode from './sum.wgsl?raw'

const kernel = { label: 'moments', code: sumCode }
const GROUP = 64
const PARTS = 64

/** Sums over the elements of a feature map x, and of its product with another or with itself. */
export interface Moments {
  sum: number
  product: number
}

/** Room for the moments of so many feature maps, a slot each. */
export function momentsType(slots: number) {
  return tensorType('spi', [slots, PARTS, 2])
}

/** Σ x and Σ x·y; `scale`, a power of two, keeps products of small numbers from vanishing in f32. */
export function momentsLaunch(
  x: Variable,
  y: Variable,
  moments: Variable,
  slot: number,
  scale: number,
): Launch<Variable> {
  return {
    kernel,
    constants: { SCALE: scale, GROUP },
    sizes: { count: elements(paddedShape(x.type)) / 4, slot },
    reads: [x, y],
    writes: [moments],
    workgroups: [PARTS, 1, 1],
  }
}

/** The moments of a slot, as read back; the parts are summed in float64. */
export function momentsAt(memory: Float32Array, slot: number, scale: number): Moments {
  let [sum, product] = [0, 0]
  for (let part = 0; part < PARTS; part++) {
    const at = 2 * (slot * PARTS + part)
    sum += memory[at]!
    product += memory[at + 1]!
  }
  return { sum: sum / scale, product: product / scale ** 2 }
}
