import { expect, test } from 'vitest'
import { adjusted, changeBetween, liveSettings, withAdjustment } from './adjustment'
import { FIRST_RUN } from './presets'
import { settingsAt } from './schedule'

const TRAIN = { ...FIRST_RUN.train, steps: 100, momentum: 0.9, weightDecay: 0.0001 }
const COSINE = { ...TRAIN, learningRate: { kind: 'cosine' as const, rate: 0.2 } }

test('a rate that changes in a run goes on along the schedule, from that step on', () => {
  const adjustments = [{ step: 50, learningRate: 0.02 }]
  const rate = (step: number) => settingsAt(COSINE, step, adjustments).learningRate
  expect(rate(49)).toBe(settingsAt(COSINE, 49).learningRate)
  expect(rate(50)).toBeCloseTo(0.01, 12)
  expect(rate(75)).toBeCloseTo(settingsAt(COSINE, 75).learningRate / 10, 12)
})

test('later changes stand over earlier ones, each setting on its own', () => {
  const adjustments = [
    { step: 10, momentum: 0.5, weightDecay: 0 },
    { step: 20, momentum: 0.8 },
  ]
  expect(settingsAt(COSINE, 9, adjustments)).toMatchObject({ momentum: 0.9, weightDecay: 0.0001 })
  expect(settingsAt(COSINE, 15, adjustments)).toMatchObject({ momentum: 0.5, weightDecay: 0 })
  expect(settingsAt(COSINE, 20, adjustments)).toMatchObject({ momentum: 0.8, weightDecay: 0 })
})

test('one cycle has its peak changed, and a warm-up keeps its own rate', () => {
  const cycle = { kind: 'one-cycle' as const, peak: 1, warmupFraction: 0.2 }
  const made = adjusted({ ...TRAIN, learningRate: cycle }, [{ learningRate: 0.5 }])
  expect(made.learningRate).toEqual({ ...cycle, peak: 0.5 })
  const warm = { kind: 'constant' as const, rate: 0.1, warmup: { steps: 10, rate: 0.01 } }
  const adjustments = [{ step: 0, learningRate: 1 }]
  const rate = (step: number) =>
    settingsAt({ ...TRAIN, learningRate: warm }, step, adjustments).learningRate
  expect([rate(5), rate(10)]).toEqual([0.01, 1])
})

test('changes before one step are one, and only what differs is a change', () => {
  const one = withAdjustment([{ step: 3, momentum: 0.5 }], {
    step: 3,
    momentum: 0.6,
    weightDecay: 0,
  })
  expect(one).toEqual([{ step: 3, momentum: 0.6, weightDecay: 0 }])
  const live = liveSettings(COSINE)
  expect(changeBetween(live, { ...live, weightDecay: 0 })).toEqual({ weightDecay: 0 })
  expect(changeBetween(live, live)).toEqual({})
})
