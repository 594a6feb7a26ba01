import { expect, test } from 'vitest'
import { onAdapter } from '../../test/trainer-on-adapter'
import { type Timing, timingOf } from '../gpu/profile'
import { parseRun } from '../run/config'
import { FIRST_RUN } from '../run/presets'
import { settingsAt } from '../run/schedule'

const RUN = parseRun({
  ...FIRST_RUN,
  model: { ...FIRST_RUN.model, units: [1, 1], widths: [4, 6], stemWidth: 4 },
  train: { ...FIRST_RUN.train, steps: 3, batchSize: 4 },
})

const adapter = onAdapter()

/** What three steps give, the second one profiled where `timing` says how. */
async function threeSteps(timing?: Timing) {
  const one = await adapter.trainer(RUN)
  await one.trainStep()
  const profile = timing ? await one.profileStep(timing) : await one.trainStep().then(() => [])
  await one.trainStep()
  const result = { records: await one.readSteps(), tensors: await one.readTensors() }
  const launches = one.network.parts.training.length
  one.destroy()
  return { profile, launches, result }
}

test.each(['timestamps', 'wall-clock'] as const)(
  'a step profiled by %s is timed launch by launch and changes no bit of the run',
  async (timing) => {
    expect(adapter.gpu.device.features.has('timestamp-query')).toBe(true)
    const ordinary = await threeSteps()
    const { profile, launches, result } = await threeSteps(timing)
    expect(result).toEqual(ordinary.result)
    expect(profile).toHaveLength(launches)
    expect(profile.filter(({ milliseconds }) => !(milliseconds > 0))).toEqual([])
    const starts = profile.map(({ start }) => start)
    expect(starts).toEqual(starts.toSorted((a, b) => a - b))
  },
)

test('settings that change while a step is timed hold from the next step on', async () => {
  const { queue } = adapter.gpu.device
  const one = await adapter.trainer(RUN)
  const profiled = one.profileStep('wall-clock')
  // The GPU is idle: by then the step has been fed, and the first of its launches is under way.
  const change = queue.onSubmittedWorkDone().then(() => one.adjust({ learningRate: 0.5 }))
  await profiled
  await one.trainStep()
  expect(await change).toEqual({ step: 1, learningRate: 0.5 })
  expect((await one.readSteps()).map(({ learningRate }) => learningRate)).toEqual([
    settingsAt(RUN.train, 0).learningRate,
    settingsAt(RUN.train, 1, [await change]).learningRate,
  ])
  one.destroy()
})

test('a software adapter is timed by the wall clock, a GPU with timestamps by them', () => {
  const withFeatures = (names: string[], software: boolean) =>
    timingOf({
      device: { features: new Set(names) } as unknown as GPUDevice,
      info: { name: '', vendor: '', software, f16: false },
    })
  expect(withFeatures(['timestamp-query'], false)).toBe('timestamps')
  expect(withFeatures(['timestamp-query'], true)).toBe('wall-clock')
  expect(withFeatures([], false)).toBe('wall-clock')
})
