/** Which of a profile over depth: a unit or stage counted from 0, an end of it, or an extreme. */
export type Which = 'first' | 'last' | 'largest' | 'smallest' | number

/** What the meter reads of each unit. */
export const UNIT_READINGS = [
  'x-rms',
  'shortcut-rms',
  'branch-rms',
  /** ‖F‖/‖x‖. */
  'branch-share',
  /** ‖∂E/∂x‖, and its parts along the shortcut and through the weights. */
  'gradient',
  'gradient-direct',
  'gradient-through-weights',
  /** The share of ‖∂E/∂x‖ that the ReLU after the addition masks. */
  'gradient-masked',
  /** Between the two parts. */
  'gradient-cosine',
  /** What the shortcuts from this unit to the stage's end multiply to: Πλ, and as measured. */
  'path-predicted',
  'path-measured',
] as const
export type UnitReading = (typeof UNIT_READINGS)[number]

/** A number measured on this page; `lane` counts the lanes of a comparison from 0. */
export type Value = { lane?: number } & (
  | { kind: 'loss'; at: 'first' | 'last' /** Mean over so many steps. */; over?: number }
  /** Of validation images after the last step, or of the batches of the last `over` steps. */
  | { kind: 'accuracy'; of: 'validation' }
  | { kind: 'accuracy'; of: 'training'; over: number }
  | { kind: 'steps' }
  /** Known from the plan. */
  | { kind: 'parameters' | 'multiply-adds' | 'depth' }
  | { kind: 'units'; that: 'keep-shape' | 'change-shape' }
  /** Milliseconds of the adapter's time a step, by which a comparison measures its lanes. */
  | { kind: 'step-ms' }
  /** Of a comparison's start: tensors that the lanes share, and how many of them are unequal. */
  | { kind: 'shared-tensors' | 'unequal-tensors' }
  | { kind: 'meter'; reading: UnitReading; unit: Which }
  /** ‖x_L − (x_l + ΣF)‖/‖x_L‖ of a stage. */
  | { kind: 'meter'; reading: 'defect'; stage: Which }
  | { kind: 'ratio'; of: Value; to: Value }
  | { kind: 'difference'; of: Value; to: Value }
)

/** `left` against `factor` times `right`, each the name of a value or a number. */
export interface Condition {
  left: string
  is: 'above' | 'below' | 'equal'
  right: string | number
  factor?: number
}

/** Values by name, as the text puts them in by `{name}`, and what has to hold of them. */
export interface Check {
  id: string
  values: Readonly<Record<string, Value>>
  /** All of them; none for a check that only tells what was measured. */
  holds: readonly Condition[]
}
