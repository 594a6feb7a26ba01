import { useState } from 'react'
import type { NetworkPlan, UnitPlan } from '../models/plan'

/** The unit of a net that is drawn: one that keeps its input's shape, or one that changes it. */
export function useShownUnit({ units }: NetworkPlan): {
  /** Undefined where the net has none of that kind. */
  plain: UnitPlan | undefined
  shaped: UnitPlan | undefined
  unit: UnitPlan
  choose(changesShape: boolean): void
} {
  const [changing, setChanging] = useState(false)
  // The last of its kind: the first unit of a pre-activation net is a special case.
  const plain = units.findLast((unit) => !unit.changesShape)
  const shaped = units.find((unit) => unit.stride > 1)
  const unit = (changing ? (shaped ?? plain) : (plain ?? shaped))!
  return { plain, shaped, unit, choose: setChanging }
}
