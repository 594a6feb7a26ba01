/**
 * What the signal meter read in one step: equations 1 to 5 of He et al. 2016 held against the
 * tensors. A norm is over all elements of the batch; an RMS is a norm by the root of their number.
 * Gradients are those of the mean loss over the batch, before weight decay.
 */
export interface MeterReading {
  /** Steps done before it: it shows the tensors of the step that comes next. */
  step: number
  /** How long the reading took. */
  milliseconds: number
  /** From the stem to the head. */
  units: readonly UnitReading[]
  stages: readonly StageReading[]
}

/** A unit y = h(x) + F(x), x' = f(y). */
export interface UnitReading {
  /** `layer1.0` */
  name: string
  /** Counted from 0. */
  stage: number
  /** RMS of the unit's input. */
  x: number
  /** RMS of the shortcut's output, before a factor or gate weighs it; 0 in a plain net. */
  h: number
  /** RMS of the residual path's output, before a factor or gate weighs it. */
  f: number
  /** RMS of the sum. */
  y: number
  /** RMS of x' = f(y), which is the next unit's x. */
  output: number
  /** ‖F‖/‖x‖ */
  fOverX: number
  gradient: UnitGradient
  path: DirectPath
  /** Mean of g over all elements; null where the shortcut has no gate. */
  gate: number | null
}

/**
 * Equation 5 over one unit: ∂E/∂x = direct part + part through the weights. In a unit whose paths
 * part behind a shared activation, the parts and their cosine are read there.
 */
export interface UnitGradient {
  /** ‖∂E/∂x‖ */
  x: number
  /** ‖·‖ of what comes back through the shortcut; 0 in a plain net. */
  direct: number
  /** ‖·‖ of what comes back through F and, where there is one, the gate. */
  throughWeights: number
  /** Of the angle between the parts; null where one of them is 0. */
  cosine: number | null
  /**
   * ‖after‖²/‖before‖² of the gradient on its way back through the ReLU after the addition: what it
   * lets through. Null where there is none.
   */
  kept: number | null
}

/**
 * The direct path from the stage's end back to this unit's x, through shortcuts and what stands
 * after the additions alone: by which factor it changes the gradient's norm. 0 in a plain net.
 */
export interface DirectPath {
  /**
   * Π λ over the units, with f taken as the identity: λ is 1 for an identity, s for a scaling, the
   * mean of 1 − g for a gate, and 1/√(1 − rate), the root mean square of its factors, for a dropout.
   * Null where it is no number: from a convolution, a projection or a shared activation on.
   */
  predicted: number | null
  /** Null where the gradient at the stage's end is 0. */
  measured: number | null
}

export interface StageReading {
  /** Counted from 0. */
  stage: number
  /** Names of its first and last unit. */
  first: string
  last: string
  /**
   * Equation 4: ‖x_L − (x_l + ΣF)‖/‖x_L‖ from the stage's first unit l to its end L. Where that
   * unit changes the shape, or shares an activation, h(x_l) stands for x_l. Null where there is
   * nothing to hold: in a plain net's stage of one unit that changes the shape.
   */
  defect: number | null
}

/** Where the meter stands. */
export type MeterStatus =
  | { state: 'off' }
  /** Kernels compiled so far and in all. */
  | { state: 'compiling'; done: number; total: number }
  /** `every`: steps from reading to reading, or null: only when asked. `bytes`: on the GPU. */
  | { state: 'on'; every: number | null; bytes: number }
  /** Training goes on without it. */
  | { state: 'failed'; message: string; remedy: string }
