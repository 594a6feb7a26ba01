import { expect, test } from 'vitest'
import { BrokenCache } from '../../test/broken-cache'
import { onAdapter } from '../../test/trainer-on-adapter'
import type { PipelineCache } from '../gpu/pipelines'
import { type ConvShape, FIXED_CHOICE, shapeKey } from '../shaders/conv2d/choice'
import { kernelTests, runKernelTest, wrongOf } from './self-test'
import { subjectsFor } from './subjects'
import { choiceFor } from './table'

const adapter = onAdapter()

const TESTS = kernelTests(false)
const CANDIDATES = TESTS.filter(({ op, test }) => op.name === 'conv2d' && test.attributes.choice)
const RELU = TESTS.filter(({ op }) => op.name === 'relu')

async function resultsOf(cache: PipelineCache, tests = CANDIDATES) {
  const results = []
  for (const one of tests) results.push(await runKernelTest(adapter.gpu, cache, one))
  return results
}

const SHAPE: ConvShape = {
  ...{ element: 'f32', x: [8, 16, 16, 32], w: [3, 3, 32, 32], stride: 1, padding: 1 },
}
const NVIDIA = { name: 'A GPU', vendor: 'nvidia', software: false, f16: false }

test('a kernel broken on purpose is found, named, and avoided by defaults, winners and tuner', async () => {
  const { device } = adapter.gpu
  const cache = new BrokenCache(device, 'conv2d (tiled)', (code) =>
    code.replace('Stored(value)', 'Stored(1.001 * value)'),
  )
  const results = await resultsOf(cache)
  const failed = results.filter(({ passed }) => !passed)
  expect(failed.length).toBeGreaterThan(2)
  for (const { kernel, tensor, error, allowed } of failed) {
    expect(kernel).toMatch(/^tiled,/)
    expect(tensor).toBe('y')
    expect(error).toBeGreaterThan(allowed)
  }
  const wrong = wrongOf(results)
  expect(wrong).toEqual({ candidates: { forward: ['tiled'] }, ops: [] })

  const start = { step: 0 }
  const winners = { [shapeKey(SHAPE)]: { forward: 'tiled' as const } }
  expect(choiceFor(NVIDIA, {}, start)(SHAPE).forward).toBe('tiled')
  expect(choiceFor(NVIDIA, {}, start, wrong)(SHAPE).forward).toBe('row')
  expect(choiceFor(NVIDIA, winners, start, wrong)(SHAPE).forward).toBe('row')
  expect(choiceFor(NVIDIA, {}, start, wrong)(SHAPE).dataGradient).toBe('tiled')
  const resumed = {
    step: 3,
    kernels: {
      adapter: NVIDIA.name,
      table: { [shapeKey(SHAPE)]: { ...FIXED_CHOICE, forward: 'tiled' as const } },
    },
  }
  expect(choiceFor(NVIDIA, {}, resumed, wrong)(SHAPE).forward).toBe('row')
  const [subject] = subjectsFor(NVIDIA, [SHAPE], {}, wrong)
  expect(subject).toMatchObject({ aspect: 'forward', candidates: ['row', 'direct', 'tiled-wide'] })
})

test('an op that has one kernel only is told by its name', async () => {
  const { device } = adapter.gpu
  const cache = new BrokenCache(device, 'relu forward', (code) =>
    code.replace('Stored(max(', 'Stored(min('),
  )
  const results = await resultsOf(cache, RELU)
  expect(wrongOf(results)).toEqual({ candidates: {}, ops: ['relu'] })
})

test('what does not compile is a result like any other', async () => {
  const cache = new BrokenCache(adapter.gpu.device, 'conv2d (direct)', () => 'no code')
  const [result] = await resultsOf(
    cache,
    CANDIDATES.filter(({ test }) => test.attributes.choice?.forward === 'direct').slice(0, 1),
  )
  expect(result).toMatchObject({ passed: false, fault: expect.any(String) })
  expect(wrongOf([result!]).candidates.forward).toEqual(['direct'])
})
