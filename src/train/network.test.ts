import { expect, test } from 'vitest'
import { cifarSpec } from '../models/presets'
import { FIRST_RUN } from '../run/presets'
import { trainableNetwork } from './network'

function planned(
  version: 'v1' | 'v2',
  depth: number,
  { fused = true, precision = 'f32' as 'f32' | 'f16' } = {},
) {
  const model = cifarSpec({ version, block: 'basic', depth })
  const run = { ...FIRST_RUN, model, train: { ...FIRST_RUN.train, batchSize: 128, precision } }
  return trainableNetwork(run, { fused })
}

test.each([
  ['v1', 130],
  ['v2', 129],
] as const)('a step of ResNet %s-20 takes no more than %i dispatches', (version, most) => {
  expect(planned(version, 20).parts.training.length).toBeLessThanOrEqual(most)
})

test.each([
  ['v1', 20, 170e6],
  ['v2', 20, 170e6],
  ['v1', 110, 1e9],
  ['v2', 110, 1e9],
] as const)('ResNet %s-%i at batch 128 keeps to its bytes', (version, depth, limit) => {
  const { bytes } = planned(version, depth).memory
  expect(bytes).toBeLessThanOrEqual(limit)
  expect(bytes).toBeLessThan(planned(version, depth, { fused: false }).memory.bytes)
})

test.each([
  ['v1', 20],
  ['v2', 20],
  ['v1', 110],
  ['v2', 110],
] as const)('ResNet %s-%i at batch 128 takes about half the bytes in f16', (version, depth) => {
  const { bytes } = planned(version, depth).memory
  const half = planned(version, depth, { precision: 'f16' }).memory.bytes
  // Weights and what belongs to them, and the parts of sums, are as long as before.
  expect(half).toBeLessThan(0.56 * bytes)
  expect(half).toBeGreaterThan(0.5 * bytes)
})
