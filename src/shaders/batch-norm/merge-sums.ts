import type { Launch } from '../../gpu/launch'
import type { Variable } from '../op'
import mergeSumsCode from './merge-sums.wgsl?raw'

export const mergeSumsKernel = { label: 'batch norm merge sums', code: mergeSumsCode }
const GROUP = 64

/** The gradients of a batch norm's weight (Σ dz·x̂) and bias (Σ dz) from the parts. */
export function mergeSumsLaunch(
  parts: Variable,
  weightGradient: Variable,
  biasGradient: Variable,
): Launch<Variable> {
  const [count, pairs] = parts.type.shape as [number, number, number]
  return {
    kernel: mergeSumsKernel,
    constants: { GROUP },
    sizes: { c4: pairs / 2, parts: count },
    reads: [parts],
    writes: [weightGradient, biasGradient],
    workgroups: [pairs / 2, 1, 1],
  }
}
