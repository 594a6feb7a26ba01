import { expect, test } from 'vitest'
import { comparisonOf } from './comparison'
import { COMPARISON_PRESETS, FIRST_COMPARISON } from './comparison-presets'
import { laneSettings } from './lane-settings'
import { withOverrides } from './lanes'
import { FIRST_RUN } from './presets'

test('a lane alone differs from nothing', () => {
  const { differing, common } = laneSettings(comparisonOf(FIRST_RUN))
  expect(differing).toEqual([])
  expect(common).toHaveLength(13)
})

test('v1, v1.5 and v2 differ in version, order and stride alone', () => {
  expect(laneSettings(FIRST_COMPARISON).differing).toEqual(['version', 'order', 'stride'])
})

test('what a lane trains with on its own differs too', () => {
  const own = { learningRate: { kind: 'constant', rate: 50 } as const, weightDecay: 0 }
  expect(laneSettings(withOverrides(FIRST_COMPARISON, 1, own)).differing.slice(3)).toEqual([
    'rate',
    'weightDecay',
  ])
})

test('lanes of a preset differ in what its question is about', () => {
  const differing = COMPARISON_PRESETS.map(({ small }) => laneSettings(small).differing)
  expect(differing).toEqual([
    ['version', 'order', 'stride'],
    ['depth', 'stages', 'shortcut'],
    ['shortcut'],
    ['version', 'order'],
    ['depth', 'stages'],
  ])
})
