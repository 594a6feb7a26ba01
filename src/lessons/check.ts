/** Which of a profile over depth: a unit or stage counted from 0, an end of it, or an extreme. */
export type Which = 'first' | 'last' | 'largest' | 'smallest' | number

/**
 * What the meter reads of each unit (`UnitReading` in `src/train/meter-reading.ts`): RMS of x, h, F,
 * the sum y and the output, ‖F‖/‖x‖; ‖∂E/∂x‖ with its direct part, the part through the weights,
 * the cosine between them, and what the ReLU after the addition keeps of the gradient's energy; the
 * direct path from the stage's end, measured and predicted (Πλ); the gate's mean opening.
 */
export const UNIT_QUANTITIES = [
  ...(['x', 'h', 'f', 'y', 'output', 'fOverX'] as const),
  ...(['gradient', 'direct', 'throughWeights', 'cosine', 'kept'] as const),
  ...(['measured', 'predicted', 'gate'] as const),
] as const
export type UnitQuantity = (typeof UNIT_QUANTITIES)[number]

/** A number measured on this page; over several seeds, their median. */
export type Value =
  | Measurement
  | { kind: 'ratio'; of: Value; to: Value }
  | { kind: 'difference'; of: Value; to: Value }
  /** From the lowest seed to the highest. */
  | { kind: 'spread'; of: Measurement }

/** A number of one net; `lane` counts the lanes of a comparison from 0. */
export type Measurement = { lane?: number } & Figure

type Figure =
  /** Of the first or last step, or the mean over so many steps at that end. */
  | { kind: 'loss'; at: 'first' | 'last'; over?: number }
  /** Of validation images when they were last tried (every 40 steps). */
  | { kind: 'accuracy'; of: 'validation' }
  /** Of the batches of the last `over` steps. */
  | { kind: 'accuracy'; of: 'training'; over: number }
  | { kind: 'steps' }
  /** Known from the plan. */
  | { kind: 'parameters' | 'multiply-adds' | 'depth' }
  | { kind: 'units'; that: 'keep-shape' | 'change-shape' }
  /** Milliseconds of the adapter's time a step. */
  | { kind: 'step-ms' }
  /** Of a comparison's start: tensors that the lanes share, and how many of them are unequal. */
  | { kind: 'shared-tensors' | 'unequal-tensors' }
  /** Of the first reading that was made of the net, or of the last one. */
  | { kind: 'meter'; at: 'first' | 'last'; of: UnitQuantity; unit: Which }
  /** Equation 4: ‖x_L − (x_l + ΣF)‖/‖x_L‖ of a stage. */
  | { kind: 'defect'; at: 'first' | 'last'; stage: Which }

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
