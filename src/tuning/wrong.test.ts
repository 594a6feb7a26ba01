import { expect, test } from 'vitest'
import { CONV_KERNELS, type ConvShape, FIXED_CHOICE } from '../shaders/conv2d/choice'
import { type KernelResult, kernelTests, wrongOf } from './self-test'
import { choiceFor } from './table'
import { CANDIDATES, checkOps, NoRightKernel, parseWrong, rightChoice } from './wrong'

const ADAPTER = { name: 'A GPU', vendor: 'nvidia', software: false, f16: false }
const SHAPE: ConvShape = {
  ...{ element: 'f32', x: [8, 16, 16, 32], w: [3, 3, 32, 32], stride: 1, padding: 1 },
}

const result = (passed: boolean, made: KernelResult['made']): KernelResult => ({
  ...{ op: 'conv2d', case: '', kernel: '', maps: 'f32', tensor: 'gradient of w' },
  ...{ error: 1, allowed: 1, passed, ...(made && { made }) },
})

test('every candidate of the tuner is tested, in f16 too where the adapter has it', () => {
  const tests = kernelTests(true)
  const choices = tests.flatMap(({ op, test: { attributes }, maps }) =>
    op.name === 'conv2d' && attributes.choice ? [{ ...attributes.choice, maps }] : [],
  )
  for (const maps of ['f32', 'f16']) {
    const tested = choices.filter((choice) => choice.maps === maps)
    for (const [aspect, candidates] of Object.entries(CANDIDATES)) {
      const values = tested.map((choice) => choice[aspect as 'forward'])
      expect(values).toEqual(expect.arrayContaining([...candidates]))
    }
  }
})

test('of the filter gradient, that value is wrong which gives nothing right', () => {
  const pair = (filterGradientThreads: number, filterGradientQuads: 1 | 2) => ({
    ...{ filterGradientThreads, filterGradientQuads },
  })
  const quads = [result(false, pair(100, 1)), result(true, pair(100, 2))]
  expect(wrongOf(quads).candidates).toEqual({ filterGradientQuads: [1] })
  const all = [result(false, pair(100, 1)), result(false, pair(100, 2))]
  expect(wrongOf(all).candidates).toEqual({
    filterGradientThreads: [100],
    filterGradientQuads: [1, 2],
  })
})

test('where no right kernel is left, training is refused by the name of the adapter', () => {
  const wrong = { candidates: { dataGradient: CONV_KERNELS }, ops: [] }
  const choose = choiceFor(ADAPTER, {}, { step: 0 }, wrong)
  expect(() => choose(SHAPE)).toThrow(NoRightKernel)
  expect(() => choose(SHAPE)).toThrow('A GPU computes convolutions (dataGradient) wrongly')
  const ops = { candidates: {}, ops: ['relu', 'head'] }
  expect(() => checkOps(ADAPTER, ops)).toThrow('A GPU computes relu, head wrongly')
})

test('a kernel that a shape is too odd for counts as the one that computes it', () => {
  const odd = { ...SHAPE, stride: 2 }
  const wrong = { candidates: { forward: ['direct' as const] }, ops: [] }
  expect(rightChoice(ADAPTER, SHAPE, FIXED_CHOICE, wrong).forward).toBe('row')
  expect(rightChoice(ADAPTER, odd, FIXED_CHOICE, wrong).forward).toBe('tiled')
})

test.each([
  ['of another browser', { platform: 'Chrome/1', candidates: { forward: ['row'] }, ops: [] }],
  ['with a kernel that is none', { platform: 'a', candidates: { forward: ['x'] }, ops: [] }],
  ['that is no record', 7],
])('what was found %s is as nothing', (_, kept) => {
  expect(parseWrong(kept, 'a')).toEqual({ candidates: {}, ops: [] })
})
