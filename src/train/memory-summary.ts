import type { PlannedBuffer } from '../autograd/memory'
import type { Launch } from '../gpu/launch'
import type { Variable } from '../shaders/op'
import type { TrainableNetwork } from './network'

/** What a run's buffers on the GPU are for, in bytes. */
export interface MemoryUse {
  /** Parameters, running estimates, gradients and the optimiser's velocities. */
  weights: number
  /** What the forward pass leaves for the backward pass. */
  saved: number
  /** Room for what one pass writes and reads, beyond that. */
  scratch: number
  /** Images, labels, settings and metrics. */
  input: number
}

export interface MemorySummary {
  /** Of all buffers together: the sum of `use`. */
  bytes: number
  use: MemoryUse
  /** The biggest buffers, under the name of the biggest tensor in each. */
  largest: readonly PlannedBuffer[]
}

const SHOWN_BUFFERS = 5

type Network = Pick<TrainableNetwork, 'parts' | 'parameters' | 'feeds' | 'lossScale' | 'memory'>

/**
 * What the memory plan of a run is made of. Of a buffer that variables share, as much is saved as
 * the biggest of them that is; the rest is scratch.
 */
export function memorySummary(network: Network): MemorySummary {
  const { parts, parameters, feeds, lossScale, memory } = network
  const rangeOf = (variable: Variable) => memory.ranges.get(variable)!
  const buffersOf = (variables: Iterable<Variable>) =>
    new Set(Array.from(variables, (variable) => rangeOf(variable).buffer))
  const weights = buffersOf(parameters.arenas.flatMap((arena) => arena.slabs()))
  const input = buffersOf([...Object.values(feeds), ...Object.values(lossScale ?? {})])
  const savedIn = new Map<number, number>()
  for (const variable of savedVariables(parts.training, feeds.lossGradient)) {
    const { buffer, bytes } = rangeOf(variable)
    savedIn.set(buffer, Math.max(bytes, savedIn.get(buffer) ?? 0))
  }
  const use: MemoryUse = { weights: 0, saved: 0, scratch: 0, input: 0 }
  for (const [buffer, { bytes }] of memory.buffers.entries()) {
    if (weights.has(buffer)) use.weights += bytes
    else if (input.has(buffer)) use.input += bytes
    else {
      const saved = savedIn.get(buffer) ?? 0
      use.saved += saved
      use.scratch += bytes - saved
    }
  }
  const largest = memory.buffers.toSorted((a, b) => b.bytes - a.bytes).slice(0, SHOWN_BUFFERS)
  return { bytes: memory.bytes, use, largest }
}

/** Variables that a launch before the backward pass writes and one of it reads. */
function savedVariables(
  launches: readonly Launch<Variable>[],
  lossGradient: Variable,
): Set<Variable> {
  const first = launches.findIndex(({ reads }) => reads.includes(lossGradient))
  const written = new Set(launches.slice(0, first).flatMap(({ writes }) => writes))
  const read = launches.slice(first).flatMap(({ reads, uniforms = [] }) => [...reads, ...uniforms])
  return new Set(read.filter((variable) => written.has(variable)))
}
