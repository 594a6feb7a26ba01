import { describe, expect, test } from 'vitest'
import { onAdapter } from '../../test/trainer-on-adapter'
import { ORDERS, type Shortcut } from '../models/spec'
import { parseRun } from '../run/config'
import { type ConvChoice, FIXED_CHOICE } from '../shaders/conv2d/choice'
import type { NetworkOptions } from '../train/network'
import type { NamedTensors } from '../train/trainer'

/** float32 rounding in another order; a wrong mask, sum or coefficient is far outside. */
const TOLERANCE = 2e-4

/** Half a step of f16, relative to a number: what storing it may change. */
const HALF_STEP = 2 ** -11

const adapter = onAdapter()

const SHORTCUTS: Shortcut[] = [
  { kind: 'identity' },
  { kind: 'none' },
  { kind: 'scaling', shortcut: 0.5, residual: 0.5 },
  { kind: 'exclusive-gate', bias: -1 },
  { kind: 'shortcut-gate', bias: -1 },
  { kind: 'conv1x1' },
  { kind: 'dropout', rate: 0.5 },
]

const UNITS = [
  ...ORDERS.flatMap((order) =>
    (['A', 'B'] as const).map((projection) => ({
      ...{ order, projection, block: 'basic' as const, shortcut: SHORTCUTS[0]! },
    })),
  ),
  ...SHORTCUTS.slice(1).flatMap((shortcut) =>
    (['original', 'full-preactivation'] as const).map((order) => ({
      ...{ order, projection: 'B' as const, block: 'basic' as const, shortcut },
    })),
  ),
  ...(['first', '3x3'] as const).flatMap((strideAt) =>
    (['original', 'full-preactivation'] as const).map((order) => ({
      ...{ order, projection: 'B' as const, block: 'bottleneck' as const, strideAt },
      shortcut: SHORTCUTS[0]!,
    })),
  ),
]

const TILED: ConvChoice = { ...FIXED_CHOICE, forward: 'tiled', dataGradient: 'tiled' }

async function twoSteps(
  unit: (typeof UNITS)[number],
  options: NetworkOptions,
  precision: 'f32' | 'f16' = 'f32',
) {
  const run = parseRun({
    format: 1,
    seed: 5,
    model: { stem: 'cifar', stemWidth: 5, units: [2, 1], widths: [5, 6], classes: 10, ...unit },
    data: { name: 'shapes10', train: 40, validation: 8, order: 'shuffled', augment: 'none' },
    train: {
      ...{ steps: 2, batchSize: 4, momentum: 0.9, weightDecay: 1e-4, precision },
      learningRate: { kind: 'constant', rate: 0.05 },
    },
  })
  const trainer = await adapter.trainer(run, options)
  await trainer.trainStep()
  const first = await trainer.readSteps()
  const gradients = await trainer.readGradients()
  await trainer.trainStep()
  const second = await trainer.readSteps()
  const tensors = await trainer.readTensors()
  const evaluation = await trainer.evaluate(0, 8)
  trainer.destroy()
  const losses = [...first, ...second].map(({ loss }) => loss)
  return {
    losses,
    gradients,
    tensors,
    evaluation,
    dispatches: trainer.network.parts.training.length,
    maps: trainer.network.plan.nodes.length,
  }
}

/** ‖a − b‖ / ‖b‖. */
function distance(a: Float32Array, b: Float32Array): number {
  let [difference, size] = [0, 1e-12]
  for (let i = 0; i < b.length; i++) {
    difference += (a[i]! - b[i]!) ** 2
    size += b[i]! ** 2
  }
  return Math.sqrt(difference / size)
}

/** The values of all tensors, one after another. */
function all(tensors: NamedTensors): Float32Array {
  return Float32Array.from([...tensors.values()].flatMap(({ data }) => [...data]))
}

test.each(
  UNITS.filter(({ order, block }) => block === 'bottleneck' || order === 'full-preactivation'),
)('$order, $block, $shortcut: the tiled convolution equals the direct one', async (unit) => {
  const direct = await twoSteps(unit, {})
  const tiled = await twoSteps(unit, { choose: () => TILED })
  for (const [name, { data }] of direct.tensors) {
    expect(distance(tiled.tensors.get(name)!.data, data), name).toBeLessThan(TOLERANCE)
  }
  expect(tiled.evaluation!.loss / direct.evaluation!.loss).toBeCloseTo(1, 4)
})

describe.each(UNITS)('$order, projection $projection, $block, $shortcut', (unit) => {
  test('fused equals one op a layer', async () => {
    const fused = await twoSteps(unit, {})
    const plain = await twoSteps(unit, { fused: false })
    expect(fused.dispatches).toBeLessThan(plain.dispatches)
    for (const [i, loss] of plain.losses.entries()) {
      expect(Math.abs(fused.losses[i]! / loss - 1), `loss ${i}`).toBeLessThan(TOLERANCE)
    }
    for (const part of ['gradients', 'tensors'] as const) {
      for (const [name, { data }] of plain[part]) {
        const error = distance(fused[part].get(name)!.data, data)
        expect(error, `${part}: ${name}`).toBeLessThan(TOLERANCE)
      }
    }
    expect(fused.evaluation!.loss / plain.evaluation!.loss).toBeCloseTo(1, 4)
  })

  test.each([true, false])('in f16 it trains as in f32 (fused: %s)', async (fused) => {
    if (!adapter.gpu.info.f16) {
      await expect(twoSteps(unit, { fused }, 'f16')).rejects.toThrow('it has no shader-f16')
      return
    }
    const single = await twoSteps(unit, {})
    const half = await twoSteps(unit, { fused }, 'f16')
    // Rounding errors of one map after another, which add up as random ones do.
    for (const [i, loss] of single.losses.entries()) {
      const error = Math.abs(half.losses[i]! / loss - 1)
      expect(error, `loss ${i}`).toBeGreaterThan(0)
      expect(error, `loss ${i}`).toBeLessThan(Math.sqrt(half.maps) * HALF_STEP)
    }
    // Rounding also turns ReLUs on or off, a share of HALF_STEP of each map; the root is its norm.
    const error = distance(all(half.gradients), all(single.gradients))
    expect(error).toBeLessThan(Math.sqrt(half.maps * HALF_STEP))
  })
})
