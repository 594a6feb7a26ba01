import { CIFAR_DEPTHS, unitsForDepth } from '../models/presets'
import type { Block, ModelSpec } from '../models/spec'

/** Deeper nets are for the command line: their diagram is the same, their steps take seconds. */
const MAX_DEPTH = 164

/** The depths that the page offers. */
export function depths(block: Block): number[] {
  return CIFAR_DEPTHS[block].filter((depth) => depth <= MAX_DEPTH)
}

export function nearestDepth(block: Block, depth: number): number {
  return depths(block).reduce((best, candidate) =>
    Math.abs(candidate - depth) < Math.abs(best - depth) ? candidate : best,
  )
}

export function withDepth(spec: ModelSpec, block: Block, depth: number): ModelSpec {
  const units = unitsForDepth(block, depth)
  // Projection A is what the paper's basic nets use; a bottleneck's first shortcut needs B to learn.
  const projection = block === spec.block ? spec.projection : block === 'basic' ? 'A' : 'B'
  return { ...spec, block, projection, units: [units, units, units] }
}
