import { expect, test } from 'vitest'
import { norm, ReferenceNet } from '../../test/reference-net'
import { onAdapter } from '../../test/trainer-on-adapter'
import type { Order, Shortcut } from '../models/spec'
import { parseRun } from '../run/config'
import { slowStep } from './slow'

/** float32 rounding through a small net. */
const TOLERANCE = 2e-4

const adapter = onAdapter()

function runOf(order: Order, shortcut: Shortcut, precision: 'f32' | 'f16' = 'f32') {
  return parseRun({
    format: 1,
    seed: 4,
    model: {
      ...{ stem: 'cifar', stemWidth: 4, block: 'basic', units: [1, 1], widths: [4, 9] },
      ...{ order, shortcut, projection: 'B', classes: 10 },
    },
    data: { name: 'shapes10', train: 40, validation: 8, order: 'shuffled', augment: 'crop-flip' },
    train: {
      ...{ steps: 4, batchSize: 2, momentum: 0.9, weightDecay: 1e-4, precision },
      learningRate: { kind: 'constant', rate: 0.05 },
    },
  })
}

const NETS: [Order, Shortcut][] = [
  ['original', { kind: 'exclusive-gate', bias: -1 }],
  ['full-preactivation', { kind: 'dropout', rate: 0.5 }],
]

test.each(NETS)('a slow step shows what the reference computes: %s', async (order, shortcut) => {
  const run = runOf(order, shortcut)
  const trainer = await adapter.trainer(run, { fused: false })
  try {
    await trainer.trainStep()
    const before = await trainer.readTensors()
    const reference = new ReferenceNet(run, before, 1)
    const slow = (await slowStep(adapter.gpu, adapter.cache, trainer, () => trainer.trainStep()))!
    expect(slow.step).toBe(1)
    for (const { id, shape, value, gradient } of slow.nodes) {
      const count = shape.height * shape.width * shape.channels
      const check = ({ rms, largest, channels }: typeof value, all: Float64Array) => {
        const image = all.subarray(0, count)
        expect(rms / (norm(image) / Math.sqrt(count) || 1), id).toBeCloseTo(rms > 0 ? 1 : 0, 3)
        const shown = Math.min(8, shape.channels)
        const pixels = shape.height * shape.width
        for (let i = 0; i < shown * pixels; i++) {
          const expected = image[(i % pixels) * shape.channels + Math.floor(i / pixels)]!
          const difference = Math.abs((channels[i]! * largest) / 127 - expected)
          expect(difference, id).toBeLessThanOrEqual((0.5 / 127 + TOLERANCE) * largest)
        }
      }
      check(value, reference.value(id))
      if (id === 'input') expect(gradient).toBeUndefined()
      else check(gradient!, reference.gradient(id))
    }
    const [, record] = await trainer.readSteps()
    expect(slow.meanLoss / record!.loss).toBeCloseTo(1, 5)
    expect(slow.loss).toBeCloseTo(-Math.log(slow.probabilities[slow.label]!), 4)
    const [old, now] = [before, await trainer.readTensors()].map(
      (tensors) => tensors.get('fc.weight')!.data,
    )
    const moved = now!.map((value, i) => value - old![i]!)
    const fc = slow.updates.find(({ name }) => name === 'fc.weight')!
    expect(fc.norm).toBeCloseTo(norm(Float64Array.from(old!)), 5)
    expect(fc.change).toBeCloseTo(norm(Float64Array.from(moved)), 6)
    expect(slow.updates.every(({ change }) => change > 0)).toBe(true)
  } finally {
    trainer.destroy()
  }
})

test('a run with a slow step on the way has the bits of a run without', async () => {
  const run = runOf('original', { kind: 'identity' })
  const [plain, slow] = [await adapter.trainer(run), await adapter.trainer(run)]
  try {
    for (let step = 0; step < 3; step++) await plain.trainStep()
    await slow.trainStep()
    await slowStep(adapter.gpu, adapter.cache, slow, () => slow.trainStep())
    await slow.trainStep()
    expect(await slow.readSteps()).toEqual(await plain.readSteps())
    expect(await slow.readTensors()).toEqual(await plain.readTensors())
    expect(await slow.readVelocities()).toEqual(await plain.readVelocities())
  } finally {
    plain.destroy()
    slow.destroy()
  }
})

test('nothing is shown where no step was made', async () => {
  const trainer = await adapter.trainer(runOf('original', { kind: 'identity' }))
  try {
    const none = async () => {}
    expect(await slowStep(adapter.gpu, adapter.cache, trainer, none)).toBeUndefined()
  } finally {
    trainer.destroy()
  }
})
