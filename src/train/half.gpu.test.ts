import { expect, test } from 'vitest'
import { onAdapter } from '../../test/trainer-on-adapter'
import { parseRun } from '../run/config'
import type { LossScale } from '../shaders/loss-scale/loss-scale'
import { decodeCheckpoint, encodeCheckpoint } from './checkpoint'
import { Logbook } from './logbook'
import { Diverged, type TimedStep, TrainingLoop } from './loop'
import { startOf } from './start'
import type { Trainer } from './trainer'

const adapter = onAdapter()

function halfRun({ rate = 0.02, steps = 400 } = {}) {
  return parseRun({
    format: 1,
    seed: 3,
    model: {
      ...{ stem: 'cifar', stemWidth: 4, block: 'basic', units: [1, 1], widths: [4, 6] },
      ...{ order: 'full-preactivation', shortcut: { kind: 'identity' } },
      ...{ projection: 'A', classes: 10 },
    },
    data: { name: 'shapes10', train: 60, validation: 10, order: 'shuffled', augment: 'crop-flip' },
    train: {
      ...{ steps, batchSize: 4, momentum: 0.9, weightDecay: 1e-4, precision: 'f16' },
      learningRate: { kind: 'constant', rate },
    },
  })
}

/** A test where the adapter has f16; where it has not, a test that it is refused with a remedy. */
function inHalf(name: string, body: () => Promise<void>): void {
  test(name, async () => {
    if (adapter.gpu.info.f16) return body()
    await expect(adapter.trainer(halfRun())).rejects.toMatchObject({
      message: expect.stringContaining('it has no shader-f16'),
      remedy: expect.stringContaining('Train in f32'),
    })
  })
}

/** A trainer at step 0 of the run, with a loss scale of its own. */
async function startingWith(lossScale: LossScale) {
  const trainer = await adapter.trainer(halfRun())
  const logbook = new Logbook(trainer)
  logbook.restore({ ...startOf(trainer.network), lossScale })
  return { trainer, logbook }
}

/** A scale at which the gradients of the small run overflow, some steps from one that fits. */
const TOO_LARGE: LossScale = { exponent: 40, good: 5 }

async function trainTo(
  step: number,
  { trainer, logbook }: Awaited<ReturnType<typeof startingWith>>,
) {
  const records: TimedStep[] = []
  const listener = {
    steps(steps: readonly TimedStep[]) {
      records.push(...steps)
      logbook.steps(steps)
    },
    evaluating() {},
    evaluation() {},
  }
  await new TrainingLoop(trainer, listener, logbook).run(() => trainer.step >= step)
  return records.map(({ seconds: _, ...record }) => record)
}

const stateOf = async (trainer: Trainer) => [
  await trainer.readVelocities(),
  new Map([...(await trainer.readTensors())].filter(([name]) => !name.includes('running'))),
]

inHalf('a step whose gradients overflow changes no weight, and halves the scale', async () => {
  const run = await startingWith(TOO_LARGE)
  const before = await stateOf(run.trainer)
  const [record] = await trainTo(1, run)
  expect(record).toMatchObject({ lossScale: 2 ** 40, skipped: true })
  expect(Number.isFinite(record!.loss)).toBe(true)
  expect(await stateOf(run.trainer)).toEqual(before)
  expect(await run.trainer.readLossScale()).toEqual({ exponent: 39, good: 0 })
  run.trainer.destroy()
})

inHalf('the scale falls until the gradients fit, and training goes on', async () => {
  const run = await startingWith(TOO_LARGE)
  const before = await stateOf(run.trainer)
  const records = await trainTo(30, run)
  const good = records.filter(({ skipped }) => !skipped)
  const first = records.indexOf(good[0]!)
  expect(first).toBeGreaterThan(1)
  expect(records.slice(0, first).map(({ lossScale }) => Math.log2(lossScale!))).toEqual(
    Array.from({ length: first }, (_, i) => 40 - i),
  )
  expect(await stateOf(run.trainer)).not.toEqual(before)
  const skippedLater = records.slice(first).filter(({ skipped }) => skipped)
  expect(skippedLater.length).toBeLessThan(3)
  run.trainer.destroy()
})

inHalf(
  'a run in f16 resumed from its checkpoint ends to the bit as one never stopped',
  async () => {
    const soonDoubled: LossScale = { exponent: 12, good: 1995 }
    const [whole, stopped, resumed] = [
      await startingWith(soonDoubled),
      await startingWith(soonDoubled),
      await startingWith(TOO_LARGE),
    ]
    const records = await trainTo(20, whole)
    const first = await trainTo(8, stopped)
    const file = await encodeCheckpoint(await stopped.logbook.checkpoint())
    resumed.logbook.restore(await decodeCheckpoint(file))
    expect([...first, ...(await trainTo(20, resumed))]).toEqual(records)
    expect(await resumed.trainer.readTensors()).toEqual(await whole.trainer.readTensors())
    for (const { trainer } of [whole, resumed]) {
      expect(await trainer.readLossScale()).toEqual({ exponent: 13, good: 15 })
    }
    for (const { trainer } of [whole, stopped, resumed]) trainer.destroy()
  },
)

inHalf('a reset run in f16 repeats every figure and weight to the bit', async () => {
  const trainer = await adapter.trainer(halfRun())
  const run = { trainer, logbook: new Logbook(trainer) }
  const first = await trainTo(10, run)
  const weights = await trainer.readTensors()
  trainer.reset()
  expect(await trainTo(10, { trainer, logbook: new Logbook(trainer) })).toEqual(first)
  expect(await trainer.readTensors()).toEqual(weights)
  trainer.destroy()
})

inHalf('a run in f16 that diverges says so, and does not skip steps for ever', async () => {
  const trainer = await adapter.trainer(halfRun({ rate: 1000 }))
  const run = { trainer, logbook: new Logbook(trainer) }
  await expect(trainTo(400, run)).rejects.toBeInstanceOf(Diverged)
  trainer.destroy()
})
