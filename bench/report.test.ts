import { expect, test } from 'vitest'
import { plan } from '../src/models/plan'
import { figures } from './figures'
import { disagreements } from './losses'
import type { ContenderFigures } from './measure'
import { report } from './report'
import { medianRatio } from './statistics'
import { benchRun, trainingFlop, workload } from './workload'

const OURS_MS = [100, 200, 400]

const contender = (name: ContenderFigures['name'], stepMs: number[]): ContenderFigures => ({
  ...{ name, title: `${name} 1`, stepMs, oursMs: OURS_MS },
  firstStepMs: { cold: 5000, warm: 500 },
  losses: [2.5, 2, 1.5, 1.25, 1],
  ...{ dispatches: 100, peakBytes: 50e6 },
})

const measured = {
  date: '2026-01-02',
  how: 'command: `npm run bench`',
  machine: { processor: 'abacus', cores: 2, system: 'Linux', load: 0.5 },
  adapter: { name: 'llvmpipe', vendor: 'mesa', software: true, f16: true },
  runtime: 'Node 20',
  ...{ net: 'ResNet-20 v1', depth: 20, batch: 32, browser: false, flop: 8e9, bytes: 1e9 },
  plannedBytes: { 20: 160e6, 110: 2e9 },
  dispatches: { 20: 120, 110: 600 },
  contenders: [contender('ours', OURS_MS), contender('tensorflow', [2000, 2000, 4400])],
  probes: {
    fma: [1e11, 1e11, 1e11],
    copy: [1e10, 1e10, 1e10],
    convolution: [2e10, 2e10, 2e10],
    oursMs: OURS_MS,
  },
  deep: { stepMs: [650, 1200, 2800], oursMs: OURS_MS },
  ...{ forwardMs: [20, 30, 25], encodeMs: [4, 5, 6] },
}

test('ratios are taken round by round, so that a slow round does not count', () => {
  expect(medianRatio([2000, 2000, 4400], OURS_MS)).toBe(11)
})

test('figures are held against the goals of this net and adapter', () => {
  const verdicts = figures(measured).filter(({ goal }) => goal)
  expect(verdicts.map(({ title, reached }) => [title, reached])).toEqual([
    ['step: times faster than tensorflow 1', true],
    ['step: share of the FMA probe', true],
    ['convolution 16 → 16 at 32 × 32, forward: share of the FMA probe', false],
    ['first step, shaders not compiled before', true],
    ['GPU buffers, ResNet-20 at 128', true],
    ['GPU buffers, ResNet-110 at 128', false],
    ['dispatches a step, ResNet-20', true],
    ['CPU time to encode and submit a step, ResNet-110, least of the rounds', true],
    ['time of a step, ResNet-110 to ResNet-20', true],
  ])
})

test('the limit of a step is the longer of its arithmetic and its memory at the rates of the probes', () => {
  const share = (bytes: number) =>
    figures({ ...measured, bytes }).find(({ title }) => title.includes('share of the limit'))!.value
  // 8 GFLOP at 100 GFLOP/s are 80 ms of 200; 5 GB at 10 GB/s are 500.
  expect(share(1e8)).toBe(0.4)
  expect(share(5e9)).toBe(2.5)
})

test('another adapter has no goals of speed', () => {
  const elsewhere = figures({ ...measured, adapter: { ...measured.adapter, name: 'a GPU' } })
  expect(elsewhere.filter(({ unit, goal }) => unit === 'share' && goal)).toEqual([])
})

test('the report says who could not be run, and where losses differ', () => {
  const [ours, tensorflow] = measured.contenders as [ContenderFigures, ContenderFigures]
  const jax = { ...contender('jax', []), losses: [], notRun: 'no adapter' }
  const apart = { ...tensorflow, losses: [2.5, 2, 1.6, 1.25, Number.NaN] }
  const contenders = [ours, apart, jax]
  const found = disagreements(contenders)
  expect(found).toEqual(['tensorflow 1 has a loss of 1.6 at step 3, ours is 1.5'])
  const text = report({
    ...measured,
    ...{ contenders, disagreements: found },
    figures: figures({ ...measured, contenders }),
  })
  expect(text).toContain('jax 1: not run: no adapter')
  expect(text).toContain('DIFFERENT LOSSES: tensorflow 1 has')
  expect(text).toContain('≥ 10 ×')
  expect(text).toContain('computes in software')
})

test('the batch is the same for bytes and floats, and every label has its row', () => {
  const { images, pictures, labels, tensors } = workload(8, 3)
  const bytes = new Uint8Array(3072)
  expect(pictures.read(2, bytes, 0)).toBe(labels[2])
  expect(images[2 * 3072 + 1]).toBeCloseTo((bytes[1024]! / 255 - 0.4822) / 0.2435, 5)
  expect(tensors.every(({ shape, data }) => data.length === shape.reduce((a, b) => a * b, 1))).toBe(
    true,
  )
})

test('a training step of ResNet-20 at 128 pictures is 31.0 GFLOP', () => {
  const { model } = benchRun(20, 128)
  expect(trainingFlop(plan(model), 128) / 1e9).toBeCloseTo(31.0, 1)
})
