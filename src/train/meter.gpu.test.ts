import { describe, expect, test } from 'vitest'
import { dot, norm, ReferenceNet } from '../../test/reference-net'
import { onAdapter } from '../../test/trainer-on-adapter'
import { watchBuffers } from '../../test/watched-buffers'
import { checked } from '../gpu/device'
import { anatomyOf } from '../models/anatomy'
import { ORDERS, type Order, type Shortcut } from '../models/spec'
import { parseRun } from '../run/config'
import { Meter } from './meter'
import type { MeterReading, MeterStatus, UnitReading } from './meter-reading'
import { Metering } from './metering'
import type { Trainer } from './trainer'

/** float32 rounding through a small net; a wrong part, mask or factor is far outside. */
const TOLERANCE = 2e-4

const adapter = onAdapter()

interface Net {
  order: Order
  shortcut: Shortcut
  units?: number[]
  precision?: 'f32' | 'f16'
}

function runOf({ order, shortcut, units = [3, 1], precision = 'f32' }: Net) {
  return parseRun({
    format: 1,
    seed: 4,
    model: {
      ...{ stem: 'cifar', stemWidth: 4, block: 'basic', units, widths: units.map((_, i) => 4 + i) },
      ...{ order, shortcut, projection: 'B', classes: 10 },
    },
    data: { name: 'shapes10', train: 40, validation: 8, order: 'shuffled', augment: 'crop-flip' },
    train: {
      ...{ steps: 4, batchSize: 2, momentum: 0.9, weightDecay: 1e-4, precision },
      learningRate: { kind: 'constant', rate: 0.05 },
    },
  })
}

/** A trainer, with one op a layer as its meter has, so that they share their pipelines. */
async function metered<T>(net: Net, work: (trainer: Trainer, meter: Meter) => Promise<T>) {
  const trainer = await adapter.trainer(runOf(net), { fused: false })
  const meter = await Meter.create(adapter.gpu, adapter.cache, trainer)
  try {
    return await work(trainer, meter)
  } finally {
    meter.destroy()
    trainer.destroy()
  }
}

const IDENTITY: Shortcut = { kind: 'identity' }
const HALF: Shortcut = { kind: 'scaling', shortcut: 0.5, residual: 0.5 }

const NETS: Net[] = [
  ...ORDERS.map((order) => ({ order, shortcut: IDENTITY })),
  ...(
    [
      HALF,
      { kind: 'exclusive-gate', bias: -1 },
      { kind: 'shortcut-gate', bias: -1 },
      { kind: 'conv1x1' },
      { kind: 'dropout', rate: 0.5 },
      { kind: 'none' },
    ] as Shortcut[]
  ).map((shortcut): Net => ({ order: 'original', shortcut })),
]

/** What the reading of a unit should be. */
function expectedUnit(net: ReferenceNet, index: number): UnitReading {
  const { units, spec } = net.plan
  const unit = units[index]!
  const { fork, h, f, y, gate, mask } = anatomyOf(net.plan, unit)
  const rms = (id: string) => norm(net.value(id)) / Math.sqrt(net.value(id).length)
  const plain = spec.shortcut.kind === 'none'
  const throughWeights = net.gradient(fork, ['residual', 'gate'])
  const direct = plain ? throughWeights.map(() => 0) : net.gradient(fork, ['shortcut', 'join'])
  const end = units.findLast(({ stage }) => stage === unit.stage)!.output
  const energy = (id: string) => norm(net.gradient(id)) ** 2
  const mean = (id: string) => net.value(id).reduce((a, b) => a + b) / net.value(id).length
  return {
    name: unit.name,
    stage: unit.stage,
    x: rms(unit.input),
    h: h === undefined ? 0 : rms(h),
    f: rms(f),
    y: rms(y),
    output: rms(unit.output),
    fOverX: norm(net.value(f)) / norm(net.value(unit.input)),
    gradient: {
      x: norm(net.gradient(unit.input)),
      direct: norm(direct),
      throughWeights: norm(throughWeights),
      cosine: plain ? null : dot(direct, throughWeights) / norm(direct) / norm(throughWeights),
      kept: mask ? energy(mask.input) / energy(mask.output) : null,
    },
    path: {
      predicted: null,
      measured: plain ? 0 : norm(net.direct(end)(unit.input)) / norm(net.gradient(end)),
    },
    gate: gate === undefined ? null : mean(gate),
  }
}

/** Π λ by the definition, from what was read of the gates. */
function product(shortcut: Shortcut, gates: readonly (number | null)[]): number | null {
  switch (shortcut.kind) {
    case 'identity':
      return 1
    case 'none':
      return 0
    case 'scaling':
      return shortcut.shortcut ** gates.length
    case 'dropout':
      return (1 - shortcut.rate) ** (-gates.length / 2)
    case 'conv1x1':
      return null
    default:
      return gates.reduce<number>((all, g) => all * (1 - g!), 1)
  }
}

/** Numbers within the tolerance of their size; zeros, nulls and words alike. */
function expectAlike(found: object, wanted: object, where: string): void {
  expect(Object.keys(found).toSorted(), where).toEqual(Object.keys(wanted).toSorted())
  for (const [key, value] of Object.entries(wanted)) {
    const other = found[key as keyof typeof found] as unknown
    const place = `${where} ${key}`
    if (typeof value === 'number' && value !== 0) {
      expect(Math.abs((other as number) - value), place).toBeLessThan(
        TOLERANCE * Math.max(Math.abs(value), key === 'cosine' ? 1 : 0),
      )
    } else if (typeof value === 'object' && value) expectAlike(other as object, value, place)
    else expect(other, place).toBe(value)
  }
}

describe.each(NETS)('$order, $shortcut', (one) => {
  test('reads what a net in float64 says, of the step that comes next', async () => {
    await metered(one, async (trainer, meter) => {
      await trainer.trainStep()
      const reading = await meter.read()
      expect(reading.step).toBe(1)
      const net = new ReferenceNet(runOf(one), await trainer.readTensors(), 1)
      const { units } = net.plan
      for (const [i, found] of reading.units.entries()) {
        const wanted = expectedUnit(net, i)
        const rest = reading.units.slice(i).filter(({ stage }) => stage === found.stage)
        const shared = one.order.includes('preactivation') && i === 0
        const isNumber = one.shortcut.kind === 'none' || !(units[i]!.changesShape || shared)
        const gates = rest.map(({ gate }) => gate)
        wanted.path.predicted = isNumber ? product(one.shortcut, gates) : null
        expectAlike(found, wanted, found.name)
      }
      for (const { stage, defect, first, last } of reading.stages) {
        const own = units.filter((unit) => unit.stage === stage)
        expect([first, last]).toEqual([own[0]!.name, own.at(-1)!.name])
        const { h, fork } = anatomyOf(net.plan, own[0]!)
        const start = own[0]!.changesShape ? h : fork
        if (start === undefined) {
          expect(defect).toBeNull()
          continue
        }
        const sum = net.value(start).slice()
        for (const unit of own) {
          for (const [i, value] of net.value(anatomyOf(net.plan, unit).f).entries())
            sum[i]! += value
        }
        const end = net.value(own.at(-1)!.output)
        const wanted = norm(end.map((value, i) => value - sum[i]!)) / norm(end)
        expect(Math.abs(defect! - wanted), `stage ${stage}`).toBeLessThan(TOLERANCE)
        const clean = one.shortcut.kind === 'identity' && !anatomyOf(net.plan, own[0]!).mask
        if (clean) expect(defect).toBeLessThan(1e-6)
        else expect(defect).toBeGreaterThan(0.03)
      }
    })
  })
})

test('half of the gradient is left by each shortcut of 0.5, however deep the stage', async () => {
  const one: Net = { order: 'full-preactivation', shortcut: HALF, units: [12] }
  await metered(one, async (_, meter) => {
    const { units } = await meter.read()
    for (const [i, { path }] of units.slice(1).entries()) {
      expect(path.predicted).toBe(0.5 ** (11 - i))
      expect(path.measured! / path.predicted!).toBeCloseTo(1, 6)
    }
  })
})

test('gates that open everywhere alike pass on what their mean says', async () => {
  for (const kind of ['exclusive-gate', 'shortcut-gate'] as const) {
    const one: Net = { order: 'full-preactivation', shortcut: { kind, bias: -1 } }
    await metered(one, async (trainer, meter) => {
      for (const { name, shape } of trainer.network.parameters.plans) {
        const size = shape.reduce((a, b) => a * b)
        if (name.endsWith('gate.weight')) trainer.setTensor(name, new Float32Array(size))
      }
      const { units } = await meter.read()
      for (const { path, gate } of units.slice(1, 3)) {
        expect(gate).toBeCloseTo(1 / (1 + Math.E), 6)
        expect(path.measured! / path.predicted!).toBeCloseTo(1, 6)
      }
    })
  }
})

test('metering changes no bit of a run, whatever the run stores', async () => {
  const precisions = adapter.gpu.info.f16 ? (['f32', 'f16'] as const) : (['f32'] as const)
  for (const precision of precisions) {
    const run = runOf({ order: 'original', shortcut: { kind: 'dropout', rate: 0.5 }, precision })
    const trained = async (withMeter: boolean) => {
      const trainer = await adapter.trainer(run)
      const meter = withMeter && (await Meter.create(adapter.gpu, adapter.cache, trainer))
      const readings = []
      for (let step = 0; step < 4; step++) {
        if (meter) readings.push(await meter.read())
        await trainer.trainStep()
      }
      const losses = (await trainer.readSteps()).map(({ loss }) => loss)
      const tensors = await trainer.readTensors()
      if (meter) meter.destroy()
      trainer.destroy()
      return { losses, tensors, readings }
    }
    const [plain, metered] = [await trained(false), await trained(true)]
    expect(metered.losses).toEqual(plain.losses)
    expect(metered.tensors).toEqual(plain.tensors)
    expect(metered.readings.map(({ step }) => step)).toEqual([0, 1, 2, 3])
    expect(metered.readings[1]!.units[0]!.f).not.toBe(metered.readings[0]!.units[0]!.f)
  }
})

test('a meter that is switched off while it is made or read is freed, and says nothing more', async () => {
  const { device } = adapter.gpu
  const run = runOf({ order: 'original', shortcut: IDENTITY })
  const trainer = await adapter.trainer(run, { fused: false })
  const buffers = watchBuffers(device)
  try {
    for (const readBefore of [false, true]) {
      const readings: MeterReading[] = []
      const told: MeterStatus[] = []
      const metering = new Metering(adapter.gpu, adapter.cache, trainer, 1, {
        reading: (reading) => readings.push(reading),
        status: (status) => told.push(status),
      })
      await metering.compile()
      if (readBefore) await metering.run()
      expect(readings).toHaveLength(readBefore ? 1 : 0)
      metering.ask()
      await checked(device, async () => {
        const reading = metering.run()
        metering.stop()
        await reading
      })
      expect(told.at(-1)).toEqual({ state: 'off' })
      expect(readings).toHaveLength(readBefore ? 1 : 0)
      expect(buffers.live.size).toBe(0)
    }
  } finally {
    buffers.end()
    trainer.destroy()
  }
})
