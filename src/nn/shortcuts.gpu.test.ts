import { describe, expect, test } from 'vitest'
import { onAdapter } from '../../test/trainer-on-adapter'
import type { Shortcut } from '../models/spec'
import { parseRun } from '../run/config'
import type { Trainer } from '../train/trainer'

const adapter = onAdapter()

async function trainerOf(shortcut: Shortcut, keep: string[] = []): Promise<Trainer> {
  const run = parseRun({
    format: 1,
    seed: 6,
    model: {
      ...{ stem: 'cifar', stemWidth: 4, block: 'basic', units: [2, 1], widths: [4, 6] },
      ...{ order: 'original', projection: 'A', classes: 10, shortcut },
    },
    data: { name: 'shapes10', train: 40, validation: 8, order: 'shuffled', augment: 'none' },
    train: {
      ...{ steps: 4, batchSize: 4, momentum: 0.9, weightDecay: 1e-4 },
      learningRate: { kind: 'constant', rate: 0.05 },
    },
  })
  return adapter.trainer(run, { keep })
}

async function train(trainer: Trainer, steps: number): Promise<void> {
  for (let step = 0; step < steps; step++) await trainer.trainStep()
  await trainer.readSteps()
}

const evaluate = (trainer: Trainer) => trainer.evaluate(0, 12)

test('an evaluation drops nothing: it is the same twice, and that of the net without dropout', async () => {
  const dropping = await trainerOf({ kind: 'dropout', rate: 0.5 })
  await train(dropping, 3)
  const first = await evaluate(dropping)
  expect(await evaluate(dropping)).toEqual(first)
  const whole = await trainerOf({ kind: 'identity' })
  for (const [name, { data }] of await dropping.readTensors()) whole.setTensor(name, data)
  expect(await evaluate(whole)).toEqual(first)
  dropping.destroy()
  whole.destroy()
})

test('dropout sets its share of a shortcut to 0, at other places in every step', async () => {
  const rate = 0.3
  const trainer = await trainerOf({ kind: 'dropout', rate }, ['relu', 'layer1.0.dropout'])
  const masks: string[] = []
  for (let step = 0; step < 2; step++) {
    await train(trainer, 1)
    const [x, y] = [await trainer.readOutput('relu'), await trainer.readOutput('layer1.0.dropout')]
    const lit = [...x.keys()].filter((i) => x[i] !== 0)
    const kept = lit.filter((i) => y[i] !== 0)
    for (const i of kept) expect(y[i]! / (x[i]! / (1 - rate))).toBeCloseTo(1, 6)
    const error = Math.sqrt((rate * (1 - rate)) / lit.length)
    expect(Math.abs(kept.length / lit.length - (1 - rate))).toBeLessThan(5 * error)
    masks.push(String(Array.from(y, (value) => Number(value !== 0))))
  }
  expect(masks[0]).not.toBe(masks[1])
  trainer.destroy()
})

describe.each(['exclusive-gate', 'shortcut-gate'] as const)('%s', (kind) => {
  test.each([0, -6])('opens from bias %i as its convolution says', async (bias) => {
    const unit = 'layer2.0'
    const keep = [`${unit}.gate`, `${unit}.gate.sigmoid`]
    const trainer = await trainerOf({ kind, bias }, keep)
    await train(trainer, 1)
    const [raw, open] = [await trainer.readOutput(keep[0]!), await trainer.readOutput(keep[1]!)]
    const mean = (values: Float32Array) => values.reduce((a, b) => a + b) / values.length
    const expected = raw.map((value) => 1 / (1 + Math.exp(-(value + bias))))
    expect(open.length).toBe(4 * 16 * 16 * 6)
    for (const [i, g] of expected.entries()) expect(open[i]! / g).toBeCloseTo(1, 5)
    expect(mean(open) / mean(expected)).toBeCloseTo(1, 5)
    trainer.destroy()
  })
})
