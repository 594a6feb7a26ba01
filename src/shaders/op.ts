import type { Launch } from '../gpu/launch'
import type { TensorType } from './tensor'

/** A tensor on the CPU: float64, row-major over its true shape. */
export interface HostTensor {
  readonly shape: readonly number[]
  readonly data: Float64Array
}

/** A tensor of a program: its type, and an identity that launches refer to. */
export interface Variable {
  readonly label: string
  readonly type: TensorType
}

type Named<N extends string, T> = { readonly [K in N]: T }

/** What decides an op's random draws, besides its own attributes. */
export interface DrawSettings {
  seed: number
  step: number
}

/** What the CPU's forward makes: the output, and by name what is saved or updated besides. */
export interface HostResult<Saved extends string, State extends string> {
  y: Float64Array
  saved?: Named<Saved, Float64Array>
  state?: Named<State, Float64Array>
}

export interface ForwardContext<In extends string, Saved extends string> {
  readonly in: Named<In, Variable>
  readonly y: Variable
  readonly saved: Named<Saved, Variable>
  /** The program's live settings (`Settings` in lib/settings.wgsl), where an op needs them. */
  readonly settings: Variable
  /** A tensor that lives for this op alone. */
  scratch(label: string, type: TensorType): Variable
}

/**
 * The way of a gradient through the op whose output it belongs to: as far as a ReLU with output
 * `y`, before which stands the batch norm of `raw` by `coefficients`.
 */
export interface Passage {
  readonly y: Variable
  readonly raw: Variable
  readonly coefficients: Variable
}

export interface BackwardContext<In extends string, Saved extends string>
  extends ForwardContext<In, Saved> {
  readonly dy: Variable
  /** Where to write the gradients that are wanted; the others need not be computed. */
  readonly grad: { readonly [K in In]?: Variable }
  /** What to add to a gradient of those that the op `accumulates`; may be where to write it. */
  readonly addend: { readonly [K in In]?: Variable }
  /**
   * What the kernels shall do to a gradient of those that the op `completes`, its addend in place:
   * take it through the passage's ReLU, and write its parts, [part,c4,{Σ dz, Σ dz·x̂}], to `parts`.
   */
  readonly onward?: { readonly [K in In]?: Passage & { readonly parts: Variable } }
  /** The parts of dy, where it has been through this op's own passage. */
  readonly passed?: Variable | undefined
}

/** Input shapes (by name) and attributes of one test case. */
export interface OpCase<In extends string, Attributes> {
  shapes: Named<In, readonly number[]>
  attributes: Attributes
}

/**
 * One operation, whole: shape rule, float64 reference (the definition) and WGSL, forward and
 * backward, with the cases that every test runs over.
 *
 * `In` are the inputs, `Saved` what forward keeps for backward besides inputs and output, `State`
 * those inputs that forward updates in place.
 */
export interface Op<
  In extends string = string,
  Attributes = unknown,
  Saved extends string = string,
  State extends In = In,
> {
  readonly name: string
  /** Inputs in order, with their axes; `u32` ones are given as `labels: 'n:u32'`. */
  readonly inputs: Named<In, string>
  /** Inputs that have a gradient. */
  readonly differentiable: readonly In[]
  /** Inputs whose gradient is dy itself: nothing is launched for them. */
  readonly passes?: readonly In[]
  /** The input whose gradient may take dy's place, where nothing else reads dy. */
  readonly overwrites?: In
  /** Inputs to whose gradient the kernels can add what other readers of the input gave. */
  readonly accumulates?: readonly In[]
  /** Inputs whose gradient the kernels can take on through a passage, with the parts' types. */
  completes?(
    inputs: Named<In, TensorType>,
    attributes: Attributes,
  ): { readonly [K in In]?: TensorType }
  readonly state?: readonly State[]
  /** The output's type; throws an error that names op and sizes where the inputs don't fit. */
  shape(inputs: Named<In, TensorType>, attributes: Attributes): TensorType
  saved?(inputs: Named<In, TensorType>, attributes: Attributes): Named<Saved, TensorType>
  readonly cpu: {
    forward(
      inputs: Named<In, HostTensor>,
      attributes: Attributes,
      draws: DrawSettings,
    ): HostResult<Saved, State>
    backward?(
      inputs: Named<In, HostTensor>,
      context: { y: Float64Array; dy: Float64Array; saved: Named<Saved, Float64Array> },
      attributes: Attributes,
      draws: DrawSettings,
    ): { [K in In]?: Float64Array }
  }
  readonly gpu: {
    forward(context: ForwardContext<In, Saved>, attributes: Attributes): Launch<Variable>[]
    backward?(context: BackwardContext<In, Saved>, attributes: Attributes): Launch<Variable>[]
    /** Where dy can be taken on by the op that completes it. */
    passage?(context: ForwardContext<In, Saved>, attributes: Attributes): Passage | undefined
  }
  readonly cases: readonly OpCase<In, Attributes>[]
  /** Inputs of a test case that follow from the others, as a batch norm's coefficients do. */
  derive?(inputs: Named<In, HostTensor>): { [K in In]?: Float64Array }
  /** Makes an input's values from standard normal draws, to keep off kinks or to make labels. */
  sample?(name: In, draws: Float64Array, test: OpCase<In, Attributes>): Float64Array
}

/** An op of any signature, as the graph holds it. */
// biome-ignore lint/suspicious/noExplicitAny: ops of all signatures stand in one list
export type AnyOp = Op<any, any, any, any>

/** Gives an op its types by inference. */
export function defineOp<
  In extends string,
  Attributes = Record<string, never>,
  Saved extends string = never,
  State extends In = never,
>(op: Op<In, Attributes, Saved, State>): Op<In, Attributes, Saved, State> {
  return op
}

/** Moves draws away from a kink at 0, where central differences can't be trusted. */
export function awayFromZero(draws: Float64Array): Float64Array {
  return draws.map((z) => (z < 0 ? z - 0.05 : z + 0.05))
}
