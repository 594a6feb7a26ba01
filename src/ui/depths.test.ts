import { expect, test } from 'vitest'
import { count } from '../models/counts'
import { plan } from '../models/plan'
import { cifarSpec, depthOf } from '../models/presets'
import { depths, nearestDepth, withDepth } from './depths'

test('a change of block keeps the depth near', () => {
  expect([8, 20, 32, 44, 110].map((depth) => nearestDepth('bottleneck', depth))).toEqual([
    11, 20, 29, 56, 110,
  ])
  expect(nearestDepth('basic', 164)).toBe(110)
})

test('a depth that the page offers is the depth of the net it makes', () => {
  const spec = cifarSpec({ version: 'v1', block: 'basic', depth: 8 })
  for (const block of ['basic', 'bottleneck'] as const) {
    for (const depth of depths(block)) {
      const made = withDepth(spec, block, depth)
      expect(depthOf(made)).toBe(depth)
      expect(count(plan(made)).depth).toBe(depth)
    }
  }
})
