import { tensorType } from './tensor'

/** The values of `Settings` in lib/settings.wgsl. */
export interface Settings {
  learningRate: number
  momentum: number
  weightDecay: number
  nesterov: boolean
  /** Where in the ring of metrics this step's figures go. */
  slot: number
  step: number
  seed: number
}

export const settingsType = tensorType('i', [8])

/** The bytes of the uniform, in the order of the WGSL struct. */
export function packSettings(settings: Settings): ArrayBuffer {
  const bytes = new ArrayBuffer(32)
  const floats = new Float32Array(bytes)
  const words = new Uint32Array(bytes)
  floats[0] = settings.learningRate
  floats[1] = settings.momentum
  floats[2] = settings.weightDecay
  words[3] = settings.nesterov ? 1 : 0
  words[4] = settings.slot
  words[5] = settings.step
  words[6] = settings.seed
  return bytes
}
