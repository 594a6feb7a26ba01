import type { Launch } from '../../gpu/launch'
import { elementwise } from '../elementwise'
import lossScaleLib from '../lib/loss-scale.wgsl?raw'
import settingsLib from '../lib/settings.wgsl?raw'
import type { Variable } from '../op'
import { tensorType } from '../tensor'
import adjustCode from './adjust.wgsl?raw'
import unscaleCode from './unscale.wgsl?raw'

const unscaleKernel = { label: 'unscale gradients', code: lossScaleLib + unscaleCode }
const adjustKernel = { label: 'adjust loss scale', code: lossScaleLib + settingsLib + adjustCode }
const GROUP = 64

/**
 * The factor on the losses whose gradients are stored in f16, so that small ones do not vanish:
 * 2^exponent, halved after a step that overflowed and doubled after many that did not
 * (Micikevicius et al. 2018, sections 3.2 and 4).
 */
export interface LossScale {
  exponent: number
  /** Steps since the last one that overflowed, or since the scale last grew. */
  good: number
}

/** PyTorch's first scale and interval; under a scale of 1 gradients are too large for f16. */
export const FIRST_LOSS_SCALE: LossScale = { exponent: 16, good: 0 }
export const LEAST_EXPONENT = 0
export const GREATEST_EXPONENT = 24
const GROWTH_INTERVAL = 2000

/** The scale on the GPU, and whether this step's gradients overflowed. */
export interface ScaleVariables {
  state: Variable
  overflow: Variable
}

export function scaleVariables(): ScaleVariables {
  return {
    state: { label: 'loss scale', type: tensorType('i', [2]) },
    overflow: { label: 'overflow', type: tensorType('i', [1]) },
  }
}

export function packLossScale({ exponent, good }: LossScale): Int32Array<ArrayBuffer> {
  return Int32Array.of(exponent, good)
}

export function unpackLossScale(memory: ArrayBuffer): LossScale {
  const [exponent, good] = new Int32Array(memory, 0, 2) as unknown as [number, number]
  return { exponent, good }
}

/** What each image's loss gets as its gradient, as the kernel makes it to the bit. */
export function lossGradients(batchSize: number, exponent = 0): Float32Array<ArrayBuffer> {
  return new Float32Array(batchSize).fill(Math.fround(1 / batchSize) * 2 ** exponent)
}

/** Takes the scale out of gradients that lie together, and says whether one overflowed. */
export function unscaleLaunch(
  { state, overflow }: ScaleVariables,
  gradient: Variable,
): Launch<Variable> {
  return elementwise(unscaleKernel, [state], [gradient, overflow])
}

/** Makes the next step's scale of this one's, once the weights have been updated. */
export function adjustLaunch(
  { state, overflow }: ScaleVariables,
  { lossGradient, ring, settings }: Record<'lossGradient' | 'ring' | 'settings', Variable>,
  growthInterval = GROWTH_INTERVAL,
): Launch<Variable> {
  const n = lossGradient.type.shape[0]!
  return {
    kernel: adjustKernel,
    constants: {
      ...{ GROWTH_INTERVAL: growthInterval, LEAST: LEAST_EXPONENT, GREATEST: GREATEST_EXPONENT },
      ...{ SHARE: Math.fround(1 / n), GROUP },
    },
    sizes: { n },
    reads: [],
    writes: [state, overflow, lossGradient, ring],
    uniforms: [settings],
    workgroups: [1, 1, 1],
  }
}
