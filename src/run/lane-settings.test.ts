import { expect, test } from 'vitest'
import { comparisonOf } from './comparison'
import { COMPARISON_PRESETS, FIRST_COMPARISON } from './comparison-presets'
import { laneSettings } from './lane-settings'
import { withOverrides } from './lanes'
import { FIRST_RUN } from './presets'

const differing = (comparison: typeof FIRST_COMPARISON) =>
  laneSettings(comparison).flatMap(({ label, values, differs }) =>
    differs ? [[label, ...values]] : [],
  )

test('a lane alone differs from nothing', () => {
  expect(differing(comparisonOf(FIRST_RUN))).toEqual([])
})

test('v1, v1.5 and v2 differ in version, order and stride alone', () => {
  expect(differing(FIRST_COMPARISON)).toEqual([
    ['Version', 'v1', 'v1.5', 'v2'],
    ['Order', 'original (v1)', 'original (v1)', 'full pre-activation (v2)'],
    ['Stride', 'in the first 1×1', 'in the 3×3', 'in the 3×3'],
  ])
})

test('what a lane trains with on its own differs too', () => {
  const own = { learningRate: { kind: 'constant', rate: 50 } as const, weightDecay: 0 }
  expect(differing(withOverrides(FIRST_COMPARISON, 1, own)).slice(3)).toEqual([
    ['Rate', 'cosine from 0.1', 'constant 50', 'cosine from 0.1'],
    ['Weight decay', '0.0001', '0', '0.0001'],
  ])
})

test('lanes of a preset differ in what its question is about', () => {
  const labels = COMPARISON_PRESETS.map(({ small }) => differing(small).map(([label]) => label))
  expect(labels).toEqual([
    ['Version', 'Order', 'Stride'],
    ['Depth', 'Stages', 'Shortcut'],
    ['Shortcut'],
    ['Version', 'Order'],
    ['Depth', 'Stages'],
  ])
})
