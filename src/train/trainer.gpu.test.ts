import { expect, test } from 'vitest'
import { onAdapter } from '../../test/trainer-on-adapter'
import { parseRun, type RunConfig } from '../run/config'
import { Diverged, type Listener, type TimedStep, TrainingLoop } from './loop'
import type { Trainer } from './trainer'

const adapter = onAdapter()

function smallRun(change: { steps: number; rate?: number; every?: number }): RunConfig {
  return parseRun({
    format: 1,
    seed: 3,
    model: {
      ...{ stem: 'cifar', stemWidth: 4, block: 'basic', units: [1, 1], widths: [4, 6] },
      ...{ order: 'full-preactivation', shortcut: { kind: 'dropout', rate: 0.5 } },
      ...{ projection: 'A', classes: 10 },
    },
    data: { name: 'shapes10', train: 60, validation: 10, order: 'shuffled', augment: 'crop-flip' },
    train: {
      ...{ steps: change.steps, batchSize: 4, momentum: 0.9, weightDecay: 1e-4, nesterov: true },
      learningRate: { kind: 'constant', rate: change.rate ?? 0.02 },
    },
    ...(change.every ? { evaluate: { every: change.every, images: 10 } } : {}),
  })
}

class Recorder implements Listener {
  readonly records: TimedStep[] = []
  readonly evaluated: number[] = []
  steps(records: readonly TimedStep[]) {
    this.records.push(...records)
  }
  evaluating() {}
  evaluation(step: number) {
    this.evaluated.push(step)
  }
  get losses() {
    return this.records.map(({ loss }) => loss)
  }
}

async function losses(trainer: Trainer): Promise<number[]> {
  const recorder = new Recorder()
  await new TrainingLoop(trainer, recorder).run(() => false)
  return recorder.losses
}

test('the bytes on the GPU are those planned, after step 5 and after step 500', async () => {
  const run = smallRun({ steps: 500 })
  const created: number[] = []
  const { createBuffer } = adapter.gpu.device
  const trainer = await adapter.trainer(run)
  adapter.gpu.device.createBuffer = (descriptor) => {
    created.push(descriptor.size)
    return createBuffer.call(adapter.gpu.device, descriptor)
  }
  try {
    const loop = new TrainingLoop(trainer, new Recorder())
    await loop.run(() => trainer.step >= 5)
    const bytes = trainer.gpuBytes
    // What is not in the plan: the kernels' sizes, and where the metrics are read.
    expect(bytes).toBeGreaterThan(trainer.network.memory.bytes)
    expect(bytes).toBeLessThan(trainer.network.memory.bytes + 65_536)
    await loop.run(() => false)
    expect(trainer.step).toBe(500)
    expect(trainer.gpuBytes).toBe(bytes)
    expect(created).toEqual([])
  } finally {
    adapter.gpu.device.createBuffer = createBuffer
    trainer.destroy()
  }
})

test('a reset run and a new trainer repeat every loss and weight to the bit', async () => {
  const run = smallRun({ steps: 20 })
  const trainer = await adapter.trainer(run)
  const first = await losses(trainer)
  const weights = await trainer.readTensors()
  trainer.reset()
  expect(await losses(trainer)).toEqual(first)
  expect(await trainer.readTensors()).toEqual(weights)
  trainer.destroy()
  const another = await adapter.trainer(run)
  expect(await losses(another)).toEqual(first)
  another.destroy()
})

test('stopping between steps changes nothing of what follows', async () => {
  const run = smallRun({ steps: 12, every: 5 })
  const whole = await adapter.trainer(run)
  const parts = await adapter.trainer(run)
  const [one, other] = [new Recorder(), new Recorder()]
  expect(await new TrainingLoop(whole, one).run(() => false)).toBe('finished')
  const loop = new TrainingLoop(parts, other)
  expect(await loop.run(() => parts.step >= 1)).toBe('stopped')
  expect(await loop.run(() => parts.step >= 7)).toBe('stopped')
  expect(await loop.run(() => false)).toBe('finished')
  expect(other.losses).toEqual(one.losses)
  expect(other.evaluated).toEqual([5, 10, 12])
  expect(one.evaluated).toEqual([5, 10, 12])
  whole.destroy()
  parts.destroy()
})

test('an evaluation gives the same whether its images fill the last batch or not', async () => {
  const run = smallRun({ steps: 3 })
  const trainer = await adapter.trainer(run)
  await losses(trainer)
  const ten = await trainer.evaluate(0, 10)
  const [first, rest] = [await trainer.evaluate(0, 4), await trainer.evaluate(4, 6)]
  expect(ten!.images).toBe(10)
  expect(ten!.loss).toBeCloseTo((4 * first!.loss + 6 * rest!.loss) / 10, 5)
  expect(ten!.accuracy).toBeCloseTo((4 * first!.accuracy + 6 * rest!.accuracy) / 10, 10)
  trainer.destroy()
})

test('a run that diverges says at which step and stops', async () => {
  const trainer = await adapter.trainer(smallRun({ steps: 200, rate: 1000 }))
  await expect(losses(trainer)).rejects.toBeInstanceOf(Diverged)
  trainer.destroy()
})
