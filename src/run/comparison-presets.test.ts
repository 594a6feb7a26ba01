import { expect, test } from 'vitest'
import { count } from '../models/counts'
import { plan } from '../models/plan'
import { depthOf } from '../models/presets'
import { reported } from '../models/reported'
import { laneRun, MAX_LANES, parseComparison } from './comparison'
import { COMPARISON_PRESETS, FIRST_COMPARISON } from './comparison-presets'
import { parseRun } from './config'

const all = COMPARISON_PRESETS.flatMap(({ name, small, full }) => [
  { size: `${name}, small`, comparison: small },
  { size: `${name}, full`, comparison: full },
]).concat({ size: 'the first', comparison: FIRST_COMPARISON })

test.each(all)('$size is valid, and each of its lanes is a run and a net', ({ comparison }) => {
  expect(parseComparison(JSON.parse(JSON.stringify(comparison)))).toEqual(comparison)
  expect(comparison.lanes.length).toBeGreaterThan(1)
  expect(comparison.lanes.length).toBeLessThanOrEqual(MAX_LANES)
  const nets = comparison.lanes.map(({ model }, lane) => {
    const run = laneRun(comparison, lane, comparison.seeds - 1)
    expect(parseRun(run)).toEqual(run)
    const counts = count(plan(model))
    expect(counts.depth).toBe(depthOf(model))
    return JSON.stringify(model)
  })
  expect(new Set(nets).size).toBe(nets.length)
})

test('the small size of a preset is a small part of the work of the full one', () => {
  for (const { small, full } of COMPARISON_PRESETS)
    expect(work(small)).toBeLessThan(work(full) / 1000)
})

/** Multiply-adds of all lanes' and seeds' forward passes. */
function work({ lanes, train, seeds }: (typeof COMPARISON_PRESETS)[number]['small']): number {
  const macs = lanes.reduce((sum, { model }) => sum + count(plan(model)).multiplyAdds, 0)
  return macs * train.steps * train.batchSize * seeds
}

test("the papers' tables have a figure for each of their rows", () => {
  const figures = (name: string) =>
    COMPARISON_PRESETS.find((preset) => preset.name === name)!.full.lanes.map(
      ({ model }) => reported(model, depthOf(model))?.error,
    )
  expect(figures('rivals')).toEqual([
    '6.61 %',
    '12.35 %',
    '8.70 %',
    '6.91 %',
    '12.22 %',
    'fails (over 20 %)',
  ])
  expect(figures('orders')).not.toContain(undefined)
  expect(figures('depth')).not.toContain(undefined)
})

test('a net of 110 layers warms up as the paper says, and the others do not', () => {
  const { full } = COMPARISON_PRESETS.find(({ name }) => name === 'depth')!
  const warmups = full.lanes.map((_, lane) => laneRun(full, lane, 0).train.learningRate.warmup)
  expect(warmups).toEqual([...Array(4).fill(undefined), { steps: 400, rate: 0.01 }])
})
