import { expect, test } from 'vitest'
import { cifarSpec } from './presets'
import type { ModelSpec } from './spec'
import { movesStride, workRatio } from './stride-cost'

const bottleneck = (version: 'v1' | 'v1.5' | 'v2', depth = 20) =>
  cifarSpec({ version, block: 'bottleneck', depth })

test('v1 to v1.5 moves the stride and nothing else', () => {
  expect(movesStride(bottleneck('v1'), bottleneck('v1.5'))).toBe(true)
  expect(movesStride(bottleneck('v1.5'), bottleneck('v1'))).toBe(false)
  expect(movesStride(bottleneck('v1'), bottleneck('v2'))).toBe(false)
  expect(movesStride(bottleneck('v1'), bottleneck('v1.5', 29))).toBe(false)
  const basic = cifarSpec({ version: 'v1', block: 'basic', depth: 20 })
  expect(movesStride(basic, { ...basic, strideAt: '3x3' })).toBe(false)
})

test("its price in ResNet-50's multiply-adds is 6 %", () => {
  const spec: ModelSpec = {
    ...bottleneck('v1'),
    stem: 'imagenet',
    units: [3, 4, 6, 3],
    widths: [64, 128, 256, 512],
    classes: 1000,
  }
  expect(workRatio({ ...spec, strideAt: '3x3' }, spec)).toBeCloseTo(4.09 / 3.86, 2)
})
