import { expect, test } from 'vitest'
import { cifarSpec } from '../models/presets'
import { FIRST_RUN } from '../run/presets'
import { trainableNetwork } from './network'

function planned(version: 'v1' | 'v2', depth: number, fused = true) {
  const model = cifarSpec({ version, block: 'basic', depth })
  const run = { ...FIRST_RUN, model, train: { ...FIRST_RUN.train, batchSize: 128 } }
  return trainableNetwork(run, { fused })
}

test.each([
  ['v1', 20, 170e6],
  ['v2', 20, 170e6],
  ['v1', 110, 1e9],
  ['v2', 110, 1e9],
] as const)('ResNet %s-%i at batch 128 keeps to its bytes', (version, depth, limit) => {
  const { bytes } = planned(version, depth).memory
  expect(bytes).toBeLessThanOrEqual(limit)
  expect(bytes).toBeLessThan(planned(version, depth, false).memory.bytes)
})
