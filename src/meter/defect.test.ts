import { expect, test } from 'vitest'
import type { ModelSpec } from '../models/spec'
import { FIRST_RUN } from '../run/presets'
import { obstacleOf } from './defect'

const withModel = (model: Partial<ModelSpec>) => ({
  ...FIRST_RUN,
  model: { ...FIRST_RUN.model, ...model },
})

test.each([
  ['full-preactivation', { kind: 'identity' }, 'clean'],
  ['relu-before-addition', { kind: 'identity' }, 'clean'],
  ['original', { kind: 'identity' }, 'relu'],
  ['bn-after-addition', { kind: 'scaling', shortcut: 0.5, residual: 0.5 }, 'relu'],
  ['full-preactivation', { kind: 'dropout', rate: 0.5 }, 'shortcut'],
  ['original', { kind: 'none' }, 'plain'],
] as const)('%s with $kind: %s', (order, shortcut, obstacle) => {
  expect(obstacleOf(withModel({ order, shortcut }))).toBe(obstacle)
})
