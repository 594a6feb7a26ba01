import type { Block, ModelSpec, Order, StrideAt } from './spec'

/** The three names people use, as points in the space of specifications. */
export const VERSIONS = ['v1', 'v1.5', 'v2'] as const
export type Version = (typeof VERSIONS)[number]

const MEANING: Record<Version, { order: Order; strideAt: StrideAt }> = {
  v1: { order: 'original', strideAt: 'first' },
  'v1.5': { order: 'original', strideAt: '3x3' },
  v2: { order: 'full-preactivation', strideAt: '3x3' },
}

export function withVersion(spec: ModelSpec, version: Version): ModelSpec {
  const { order, strideAt } = MEANING[version]
  return { ...spec, order, strideAt }
}

/** The name of a specification's point, or undefined where it has none (another order, say). */
export function versionOf(spec: ModelSpec): Version | undefined {
  if (spec.block === 'basic' && spec.order === 'original') {
    return spec.strideAt === '3x3' ? 'v1.5' : 'v1'
  }
  return VERSIONS.find(
    (version) =>
      MEANING[version].order === spec.order &&
      (MEANING[version].strideAt === spec.strideAt || spec.block === 'basic'),
  )
}

/** v1 and v1.5 differ only in bottleneck units: in a basic unit they are one network. */
export function sameNetworkAsV1(spec: ModelSpec): boolean {
  return spec.block === 'basic' && spec.order === 'original'
}

/** Depths of the papers' CIFAR nets: 6n + 2 layers of basic units, 9n + 2 of bottlenecks. */
export const CIFAR_DEPTHS: Record<Block, readonly number[]> = {
  basic: [8, 14, 20, 32, 44, 56, 110, 1202],
  bottleneck: [11, 20, 29, 56, 110, 164, 1001],
}

/** Units a stage for a CIFAR net of `depth` layers. */
export function unitsForDepth(block: Block, depth: number): number {
  return (depth - 2) / (block === 'basic' ? 6 : 9)
}

/** Layers with weights on the longest path, as the papers count them. */
export function depthOf({ block, units }: ModelSpec): number {
  return units.reduce((sum, count) => sum + count, 0) * (block === 'basic' ? 2 : 3) + 2
}

/** "ResNet-20 v2", or "ResNet-20" where the order of its units has no such name. */
export function modelName(spec: ModelSpec): string {
  const version = versionOf(spec)
  return `ResNet-${depthOf(spec)}${version ? ` ${version}` : ''}`
}

/** The CIFAR net of the papers with three stages of 16, 32 and 64 channels. */
export function cifarSpec(options: {
  version: Version
  block: Block
  depth: number
  projection?: 'A' | 'B'
}): ModelSpec {
  const { version, block, depth } = options
  const units = unitsForDepth(block, depth)
  return {
    stem: 'cifar',
    block,
    units: [units, units, units],
    widths: [16, 32, 64],
    ...{ order: MEANING[version].order, strideAt: MEANING[version].strideAt },
    shortcut: { kind: 'identity' },
    projection: options.projection ?? (block === 'basic' ? 'A' : 'B'),
    classes: 10,
  }
}
