import { groups, type Launch } from '../gpu/launch'
import sumPartsCode from './lib/sum-parts.wgsl?raw'
import type { Variable } from './op'
import { byteLength } from './tensor'

export const sumPartsKernel = { label: 'sum parts', code: sumPartsCode }
const GROUP = 64

/** sum[i] = Σ partials[part, i] over the first axis of `partials`, in the order of the parts. */
export function sumParts(partials: Variable, sum: Variable): Launch<Variable> {
  const count = byteLength(sum.type) / 16
  const parts = partials.type.shape[0]!
  return {
    kernel: sumPartsKernel,
    constants: { GROUP },
    sizes: { count, parts },
    reads: [partials],
    writes: [sum],
    workgroups: [groups(count, GROUP), 1, 1],
  }
}
