import { expect, test } from 'vitest'
import { type ConvShape, FIXED_CHOICE, shapeKey } from '../shaders/conv2d/choice'
import { adapterClass, defaultChoice } from './defaults'
import { choiceFor, parseRunKernels, parseWinners } from './table'

const software = { name: 'llvmpipe', vendor: 'mesa', software: true, f16: true }
const withTiles = { name: 'nvidia ampere', vendor: 'nvidia', software: false, f16: true }

const conv = (side: number, C: number, K: number, stride = 1): ConvShape => ({
  ...{ element: 'f32', x: [128, side, side, C], w: [3, 3, C, K], stride, padding: 1 },
})
const SHAPE = conv(16, 32, 32)
const KEY = 'f32 128×16×16×32 3×3×32×32 /1 +1'

test('the storage, all sizes, stride and padding are in the key', () => {
  expect(shapeKey(SHAPE)).toBe(KEY)
  const others = [
    { ...SHAPE, element: 'f16' as const },
    { ...SHAPE, x: [64, 16, 16, 32] },
    { ...SHAPE, w: [1, 1, 32, 32] },
    { ...SHAPE, stride: 2 },
    { ...SHAPE, padding: 0 },
  ]
  expect(new Set([SHAPE, ...others].map(shapeKey)).size).toBe(6)
})

test('software and unknown adapters compute in registers, those with tiles where channels are many', () => {
  expect(adapterClass(software)).toBe('software')
  expect(adapterClass({ ...withTiles, vendor: 'apple' })).toBe('registers')
  expect(adapterClass({ ...withTiles, vendor: '' })).toBe('registers')
  expect(defaultChoice(software, SHAPE)).toEqual(FIXED_CHOICE)
  const kernels = (shape: ConvShape) => {
    const { forward, dataGradient } = defaultChoice(withTiles, shape)
    return [forward, dataGradient]
  }
  expect(kernels(conv(32, 3, 16))).toEqual(['direct', 'direct'])
  expect(kernels(SHAPE)).toEqual(['tiled', 'tiled'])
  expect(kernels(conv(16, 64, 64))).toEqual(['tiled-wide', 'tiled-wide'])
  // Too few pixels for large tiles to fill a GPU.
  expect(kernels(conv(8, 64, 64))).toEqual(['tiled', 'tiled'])
})

test('a winner takes the place of the default, and only for what was measured', () => {
  const choose = choiceFor(software, { [KEY]: { forward: 'tiled' } })
  expect(choose(SHAPE)).toEqual({ ...FIXED_CHOICE, forward: 'tiled' })
  expect(choose(conv(16, 16, 16))).toEqual(FIXED_CHOICE)
})

test('a run that goes on keeps its table on its adapter, whatever has won since', () => {
  const winners = { [KEY]: { forward: 'tiled-wide' as const } }
  const trained = { ...FIXED_CHOICE, dataGradient: 'tiled' as const }
  const kernels = { adapter: software.name, table: { [KEY]: trained } }
  expect(choiceFor(software, winners, { step: 5, kernels })(SHAPE)).toEqual(trained)
  expect(choiceFor(software, winners, { step: 5 })(SHAPE)).toEqual(FIXED_CHOICE)
  expect(choiceFor(software, winners, { step: 0 })(SHAPE).forward).toBe('tiled-wide')
  const elsewhere = { ...software, name: 'another' }
  expect(choiceFor(elsewhere, winners, { step: 5, kernels })(SHAPE).forward).toBe('tiled-wide')
})

test('what was kept is taken only from the same platform and code, and only what can be read', () => {
  const now = { platform: 'Chrome 140', code: 'abc' }
  const winners = { [KEY]: { forward: 'tiled' as const, filterGradientThreads: 8192 } }
  const kept = JSON.parse(JSON.stringify({ ...now, winners }))
  expect(parseWinners(kept, now)).toEqual(winners)
  expect(parseWinners({ ...kept, platform: 'Chrome 141' }, now)).toEqual({})
  expect(parseWinners({ ...kept, code: 'abd' }, now)).toEqual({})
  for (const damaged of [undefined, null, 'text', [], { ...now }, { ...now, winners: [1] }]) {
    expect(parseWinners(damaged, now)).toEqual({})
  }
  const mixed = { ...winners, wrong: { forward: 'magic' }, odd: { filterGradientThreads: 0.5 } }
  expect(parseWinners({ ...now, winners: mixed }, now)).toEqual(winners)
})

test('a kernel that this version does not have is left to the fixed choice', () => {
  const table = { [KEY]: FIXED_CHOICE, other: { ...FIXED_CHOICE, forward: 'magic' } }
  expect(parseRunKernels({ adapter: 'a', table })).toEqual({
    ...{ adapter: 'a', table: { [KEY]: FIXED_CHOICE } },
  })
})
