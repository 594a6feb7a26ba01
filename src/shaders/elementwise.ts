import { type Kernel, type Launch, stridingGroups } from '../gpu/launch'
import type { Variable } from './op'
import { elements, paddedShape } from './tensor'

const GROUP = 64

/** A launch of a kernel that walks over the vec4s of its first output, a few to a thread. */
export function elementwise(
  kernel: Kernel,
  reads: readonly Variable[],
  writes: readonly Variable[],
  sizes: Record<string, number> = {},
  constants: Record<string, number> = {},
): Launch<Variable> {
  const count = elements(paddedShape(writes[0]!.type)) / 4
  return {
    kernel,
    constants: { GROUP, ...constants },
    sizes: { count, ...sizes },
    reads,
    writes,
    workgroups: [stridingGroups(count, GROUP), 1, 1],
  }
}
