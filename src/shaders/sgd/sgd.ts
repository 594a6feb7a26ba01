import type { Launch } from '../../gpu/launch'
import { elementwise } from '../elementwise'
import settingsCode from '../lib/settings.wgsl?raw'
import type { Variable } from '../op'
import updateCode from './update.wgsl?raw'

const kernel = { label: 'sgd update', code: settingsCode + updateCode }

/**
 * One step of SGD on parameters that lie together, with the settings of the moment; none where
 * `overflow` is given and not 0.
 */
export function sgdLaunch(variables: {
  gradient: Variable
  overflow?: Variable | undefined
  velocity: Variable
  weight: Variable
  settings: Variable
}): Launch<Variable> {
  const { gradient, overflow, velocity, weight, settings } = variables
  const reads = [gradient, overflow ?? gradient]
  const constants = { GUARDED: Number(overflow !== undefined) }
  return { ...elementwise(kernel, reads, [velocity, weight], {}, constants), uniforms: [settings] }
}

export interface SgdSettings {
  learningRate: number
  momentum: number
  weightDecay: number
  nesterov: boolean
}

/** The same step in float64: the definition that the kernel is tested against. */
export function sgdReference(
  { gradient, velocity, weight }: Record<'gradient' | 'velocity' | 'weight', Float64Array>,
  { learningRate, momentum, weightDecay, nesterov }: SgdSettings,
): { velocity: Float64Array; weight: Float64Array } {
  const g = gradient.map((value, i) => value + weightDecay * weight[i]!)
  const v = velocity.map((value, i) => momentum * value + g[i]!)
  const direction = nesterov ? g.map((value, i) => value + momentum * v[i]!) : v
  return { velocity: v, weight: weight.map((value, i) => value - learningRate * direction[i]!) }
}
