import type { Shortcut } from '../models/spec'
import type { MeterNetwork } from './meter-network'
import type { MeterReading, StageReading, UnitGradient, UnitReading } from './meter-reading'
import { readSlot, type Slot, type StageSlots, type UnitSlots } from './meter-slots'

/** Turns the moments of a reading into its figures. */
export function figuresOf(
  { run, stages }: Pick<MeterNetwork, 'run' | 'stages'>,
  memory: Float32Array,
): Pick<MeterReading, 'units' | 'stages'> {
  const figures = new Figures(run.model.shortcut, memory)
  return {
    units: stages.flatMap((stage) => figures.units(stage)),
    stages: stages.map((stage) => figures.stage(stage)),
  }
}

class Figures {
  constructor(
    private readonly shortcut: Shortcut,
    private readonly memory: Float32Array,
  ) {}

  stage({ units, difference }: StageSlots): StageReading {
    const [first, last] = [units[0]!, units.at(-1)!]
    const { stage, name } = first.unit
    const defect = difference ? this.norm(difference) / this.norm(last.output) : null
    return { stage, first: name, last: last.unit.name, defect }
  }

  units({ units, end }: StageSlots): UnitReading[] {
    let predicted: number | null = 1
    return units
      .toReversed()
      .map((slots) => {
        const factor = this.lambda(slots)
        predicted = predicted === null || factor === null ? null : predicted * factor
        const measured = slots.path ? ratio(this.norm(slots.path), this.norm(end)) : 0
        const [x, f] = [this.rms(slots.x), this.rms(slots.f)]
        return {
          name: slots.unit.name,
          stage: slots.unit.stage,
          ...{ x, f },
          h: slots.h ? this.rms(slots.h) : 0,
          y: this.rms(slots.y),
          output: this.rms(slots.output),
          fOverX: this.norm(slots.f) / this.norm(slots.x),
          gradient: this.gradient(slots),
          path: { predicted, measured },
          gate: this.gate(slots),
        }
      })
      .toReversed()
  }

  private gradient({ gradient, mask }: UnitSlots): UnitGradient {
    const direct = gradient.direct ? this.norm(gradient.direct) : 0
    const throughWeights = this.norm(gradient.throughWeights)
    const product = gradient.parts ? readSlot(this.memory, gradient.parts).product : 0
    return {
      x: this.norm(gradient.x),
      ...{ direct, throughWeights },
      cosine: ratio(product, direct * throughWeights),
      kept: mask ? ratio(this.norm(mask.behind) ** 2, this.norm(mask.before) ** 2) : null,
    }
  }

  /** The factor of a unit's shortcut, where it is a number. */
  private lambda(slots: UnitSlots): number | null {
    const { shortcut } = this
    if (shortcut.kind === 'none') return 0
    if (slots.unit.changesShape || slots.shared) return null
    switch (shortcut.kind) {
      case 'identity':
        return 1
      case 'scaling':
        return shortcut.shortcut
      case 'exclusive-gate':
      case 'shortcut-gate':
        return 1 - this.gate(slots)!
      case 'conv1x1':
        return null
      case 'dropout':
        return 1 / Math.sqrt(1 - shortcut.rate)
      default:
        return shortcut satisfies never
    }
  }

  private gate({ gate }: UnitSlots): number | null {
    return gate ? readSlot(this.memory, gate).sum / gate.count : null
  }

  private norm(slot: Slot): number {
    return Math.sqrt(readSlot(this.memory, slot).product)
  }

  private rms(slot: Slot): number {
    return this.norm(slot) / Math.sqrt(slot.count)
  }
}

/** Null where there is nothing to divide by. */
function ratio(a: number, b: number): number | null {
  return b === 0 ? null : a / b
}
