import type { Launch } from '../gpu/launch'
import type { UnitPlan } from '../models/plan'
import { type Moments, momentsAt, momentsLaunch, momentsType } from '../shaders/moments/moments'
import type { Variable } from '../shaders/op'
import { elements } from '../shaders/tensor'

/**
 * What of a variable is summed up: itself, its gradient, the product of the gradient's two parts, or
 * the gradient that comes by the direct path.
 */
export type Kind = 'value' | 'gradient' | 'parts' | 'path'

/** Gradients from 1e-28 to 1e6 have squares in float32 if they are multiplied by this before. */
const GRADIENT_SCALE = 2 ** 32

const scaleOf = (kind: Kind) => (kind === 'value' ? 1 : GRADIENT_SCALE)

/** Where the moments of a feature map are found. */
export interface Slot {
  index: number
  kind: Kind
  /** Elements of the feature map. */
  count: number
}

/** Where a unit's figures are found; what its kind of unit does not have is undefined. */
export interface UnitSlots {
  unit: UnitPlan
  /** Its paths part behind a shared activation. */
  shared: boolean
  x: Slot
  h: Slot | undefined
  f: Slot
  y: Slot
  output: Slot
  gate: Slot | undefined
  gradient: { x: Slot; direct: Slot | undefined; throughWeights: Slot; parts: Slot | undefined }
  /** The gradient on its way back through the ReLU after the addition. */
  mask: { before: Slot; behind: Slot } | undefined
  /** The gradient that comes from the stage's end to x by shortcuts alone. */
  path: Slot | undefined
}

export interface StageSlots {
  units: readonly UnitSlots[]
  /** The gradient at its end. */
  end: Slot
  /** x_L − (x_l + ΣF) */
  difference: Slot | undefined
}

/** Slots of one buffer, handed out as they are asked for. */
export class SlotBook {
  private readonly slots: Record<Kind, Map<Variable, Slot>> = {
    value: new Map(),
    gradient: new Map(),
    parts: new Map(),
    path: new Map(),
  }
  private count = 0

  slot(kind: Kind, variable: Variable): Slot {
    const found = this.slots[kind].get(variable)
    if (found) return found
    const slot = { index: this.count++, kind, count: elements(variable.type.shape) }
    this.slots[kind].set(variable, slot)
    return slot
  }

  /** The buffer of all slots that have been handed out. */
  moments(): Variable {
    return { label: 'moments', type: momentsType(this.count) }
  }

  /** Sums up what is of this kind for the variable, if anyone has asked for that. */
  launches(
    kind: Kind,
    variable: Variable,
    moments: Variable,
    data: Variable = variable,
    other: Variable = data,
  ): Launch<Variable>[] {
    const slot = this.slots[kind].get(variable)
    return slot ? [momentsLaunch(data, other, moments, slot.index, scaleOf(kind))] : []
  }
}

/** What a slot holds. */
export function readSlot(memory: Float32Array, { index, kind }: Slot): Moments {
  return momentsAt(memory, index, scaleOf(kind))
}
