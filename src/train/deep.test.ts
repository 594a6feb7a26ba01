import { describe, expect, test } from 'vitest'
import { count } from '../models/counts'
import table from '../models/counts.table.json'
import { CIFAR_DEPTHS, cifarSpec, VERSIONS, type Version, withVersion } from '../models/presets'
import type { Block, ModelSpec } from '../models/spec'
import { FIRST_RUN } from '../run/presets'
import { type TrainableNetwork, trainableNetwork } from './network'

/** What every adapter can bind at once. */
const BINDING_BYTES = 128 * 1024 * 1024

const IMAGENET: [depth: number, block: Block, units: number[]][] = [
  [18, 'basic', [2, 2, 2, 2]],
  [34, 'basic', [3, 4, 6, 3]],
  [50, 'bottleneck', [3, 4, 6, 3]],
  [101, 'bottleneck', [3, 4, 23, 3]],
  [152, 'bottleneck', [3, 8, 36, 3]],
  [200, 'bottleneck', [3, 24, 36, 3]],
]

const CIFAR: [depth: number, block: Block, batchSize: number][] = [
  [110, 'basic', 128],
  [110, 'bottleneck', 128],
  [164, 'bottleneck', 128],
  [1001, 'bottleneck', 64],
]

function trainable(model: ModelSpec, batchSize: number): TrainableNetwork {
  return trainableNetwork({ ...FIRST_RUN, model, train: { ...FIRST_RUN.train, batchSize } })
}

/** Parameters as another implementation counts them. */
function parametersOf(stem: string, depth: number, block: Block, version: Version): number {
  const name = version === 'v1.5' && block === 'bottleneck' ? 'v15' : version.replace('v1.5', 'v1')
  const projection = stem === 'cifar' && block === 'basic' ? 'A' : 'B'
  const net = `${stem}-${depth}-${block}-${name}-${projection}`
  return table.find((row) => row.net === net)!.parameters
}

function expectSound(network: TrainableNetwork, batchSize: number, parameters: number): void {
  const { plan, memory, parts } = network
  expect(count(plan).parameters).toBe(parameters)
  const largestMap = Math.max(
    ...plan.nodes.map(({ output }) => output.height * output.width * output.channels),
  )
  for (const { label, bytes } of memory.buffers) {
    expect(bytes, label).toBeGreaterThan(0)
    expect(bytes, label).toBeLessThan(BINDING_BYTES)
  }
  // Weights, gradients and velocities, and at least one map of the whole batch.
  expect(memory.bytes).toBeGreaterThan(4 * (3 * parameters + batchSize * largestMap))
  const used = [...parts.training, ...parts.evaluation].flatMap(({ reads, writes }) => [
    ...reads,
    ...writes,
  ])
  for (const variable of used) {
    const { buffer, offset, bytes } = memory.ranges.get(variable)!
    expect(offset + bytes).toBeLessThanOrEqual(memory.buffers[buffer]!.bytes)
  }
}

describe.each(VERSIONS)('%s', (version) => {
  test.each(CIFAR)('ResNet-%i of %s units has its place in memory', (depth, block, batchSize) => {
    expect(CIFAR_DEPTHS[block]).toContain(depth)
    const network = trainable(cifarSpec({ version, block, depth }), batchSize)
    expectSound(network, batchSize, parametersOf('cifar', depth, block, version))
  })

  test.each(IMAGENET)("ImageNet's ResNet-%i has its place in memory", (depth, block, units) => {
    const base: ModelSpec = {
      ...{ stem: 'imagenet', block, units, widths: [64, 128, 256, 512] },
      ...{ order: 'original', strideAt: 'first', shortcut: { kind: 'identity' } },
      ...{ projection: 'B', classes: 1000 },
    }
    const network = trainable(withVersion(base, version), 32)
    expectSound(network, 32, parametersOf('imagenet', depth, block, version))
  })
})
