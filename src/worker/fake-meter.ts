import { plan, type UnitPlan } from '../models/plan'
import type { ModelSpec, Order, Shortcut } from '../models/spec'
import type { DirectPath, MeterReading, UnitReading } from '../train/meter-reading'
import type { FakeNet } from './fake-figures'

export const METER_BYTES = 48_000_000

/** The share of the gradient's energy that a ReLU after the addition lets through, if there is one. */
const KEPT: Partial<Record<Order, number>> = { original: 0.72, 'bn-after-addition': 0.55 }

/** What F adds to the signal in each order: behind a ReLU it can only add. */
const GROWTH: Record<Order, number> = {
  original: 0.55,
  'bn-after-addition': 0.6,
  'relu-before-addition': 0.8,
  'relu-only-preactivation': 0.5,
  'full-preactivation': 0.35,
}

/** A reading that looks like a net's of its order and shortcut, the same each time. */
export function fakeReading({ run, handicap = 0 }: FakeNet, step: number): MeterReading {
  const { model, train } = run
  const { units } = plan(model)
  const learned = 1 - Math.exp((-4 * step) / train.steps)
  const { readings } = units.reduce<{ readings: UnitReading[]; x: number }>(
    ({ readings, x }, unit, i) => {
      const reading = unitReading(model, units, i, x, learned + handicap)
      return { readings: [...readings, reading], x: unit.changesShape ? 0.9 : reading.output }
    },
    { readings: [], x: 0.8 },
  )
  const stages = model.units.map((_, stage) => {
    const names = units.filter((unit) => unit.stage === stage).map(({ name }) => name)
    const defect = defectOf(model, names.length) * (0.8 + 0.2 * learned)
    return { stage, first: names[0]!, last: names.at(-1)!, defect }
  })
  return { step, milliseconds: 4 * units.length, units: readings, stages }
}

function unitReading(
  { order, shortcut }: ModelSpec,
  units: readonly UnitPlan[],
  index: number,
  x: number,
  learned: number,
): UnitReading {
  const { name, stage } = units[index]!
  const wave = 1 + 0.15 * Math.sin(2.1 * index + 5 * learned)
  const plain = shortcut.kind === 'none'
  const f = plain ? 0.9 * wave : GROWTH[order] * wave * (0.6 + 0.5 * learned)
  const h = plain ? 0 : x
  const y = Math.hypot(lambda(shortcut) * h, f)
  const kept = KEPT[order] ?? null
  const output = kept === null ? y : 0.85 * y
  const toEnd = units.length - index
  const direct = plain ? 0 : 0.004 * lambda(shortcut) ** toEnd * (kept ?? 1) ** (toEnd / 6)
  const throughWeights = (plain ? 0.004 * 0.8 ** toEnd : 0.4 * direct) * wave
  const cosine = plain ? null : 0.25 * Math.sin(1.3 * index + 3 * learned)
  const gradient = {
    ...{ direct, throughWeights, cosine, kept },
    x: Math.sqrt(direct ** 2 + throughWeights ** 2 + 2 * (cosine ?? 0) * direct * throughWeights),
  }
  const path = pathOf(shortcut, units, index, kept ?? 1)
  return { name, stage, x, h, f, y, output, fOverX: f / x, gradient, path, gate: gateOf(shortcut) }
}

function pathOf(
  shortcut: Shortcut,
  units: readonly UnitPlan[],
  index: number,
  kept: number,
): DirectPath {
  const { stage, changesShape } = units[index]!
  const count = units.slice(index).filter((unit) => unit.stage === stage).length
  const product = lambda(shortcut) ** count
  const isNumber = shortcut.kind === 'none' || (!changesShape && shortcut.kind !== 'conv1x1')
  return { predicted: isNumber ? product : null, measured: product * kept ** (count / 2) }
}

/** The factor of the shortcut; that of a convolution is made up. */
function lambda(shortcut: Shortcut): number {
  switch (shortcut.kind) {
    case 'identity':
      return 1
    case 'none':
      return 0
    case 'scaling':
      return shortcut.shortcut
    case 'exclusive-gate':
    case 'shortcut-gate':
      return 1 - gateOf(shortcut)!
    case 'conv1x1':
      return 0.7
    case 'dropout':
      return 1 / Math.sqrt(1 - shortcut.rate)
    default:
      return shortcut satisfies never
  }
}

function gateOf(shortcut: Shortcut): number | null {
  return 'bias' in shortcut ? 1 / (1 + Math.exp(-shortcut.bias)) : null
}

/** 0 where f and h are the identity, as a float32 net would show it. */
function defectOf({ order, shortcut }: ModelSpec, units: number): number {
  const clean = !(order in KEPT) && shortcut.kind === 'identity'
  return clean ? 8e-8 : 1 - 0.8 ** units
}
