import * as v from 'valibot'
import { integer, oneOf, parseWith, real } from './validation'

export type Stem = 'cifar' | 'imagenet'
export type Block = 'basic' | 'bottleneck'

/** Where BN and ReLU stand in a unit (He et al. 2016, Table 2 and figure 4). */
export const ORDERS = [
  'original',
  'bn-after-addition',
  'relu-before-addition',
  'relu-only-preactivation',
  'full-preactivation',
] as const
export type Order = (typeof ORDERS)[number]

/** Which of a bottleneck's convolutions carries the stage's stride: v1's 1×1 or v1.5's 3×3. */
export type StrideAt = 'first' | '3x3'
export type Projection = 'A' | 'B'

/** h(x) and how it meets F(x) (He et al. 2016, Table 1 and figure 2). */
export type Shortcut =
  | { kind: 'identity' }
  | { kind: 'none' }
  | { kind: 'scaling'; shortcut: number; residual: number }
  | { kind: 'exclusive-gate'; bias: number }
  | { kind: 'shortcut-gate'; bias: number }
  | { kind: 'conv1x1' }
  | { kind: 'dropout'; rate: number }

export interface ModelSpec {
  stem: Stem
  /** Channels of the stem's convolution; 16 for cifar, 64 for imagenet where not given. */
  stemWidth?: number
  block: Block
  /** Residual units in each stage. */
  units: number[]
  /** Inner width of each stage; a bottleneck's output has four times as many channels. */
  widths: number[]
  order: Order
  strideAt: StrideAt
  shortcut: Shortcut
  projection: Projection
  classes: number
}

const factor = real(-10, 10)
const gateBias = real(-100, 100)

const shortcutSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('identity') }),
  v.strictObject({ kind: v.literal('none') }),
  v.strictObject({ kind: v.literal('scaling'), shortcut: factor, residual: factor }),
  v.strictObject({ kind: v.literal('exclusive-gate'), bias: gateBias }),
  v.strictObject({ kind: v.literal('shortcut-gate'), bias: gateBias }),
  v.strictObject({ kind: v.literal('conv1x1') }),
  v.strictObject({ kind: v.literal('dropout'), rate: real(0, 0.99) }),
])

const MAX_STAGES = 8

function stages(item: ReturnType<typeof integer>) {
  return v.pipe(
    v.array(item),
    v.minLength(1, 'expected at least one stage'),
    v.maxLength(MAX_STAGES, `expected at most ${MAX_STAGES} stages`),
  )
}

const fields = v.strictObject({
  stem: oneOf('cifar', 'imagenet'),
  stemWidth: v.exactOptional(integer(1, 4096)),
  block: oneOf('basic', 'bottleneck'),
  units: stages(integer(1, 400)),
  widths: stages(integer(1, 4096)),
  order: oneOf(...ORDERS),
  strideAt: v.exactOptional(oneOf('first', '3x3'), 'first'),
  shortcut: shortcutSchema,
  projection: oneOf('A', 'B'),
  classes: integer(2, 1000),
})

export function stemWidth(spec: ModelSpec): number {
  return spec.stemWidth ?? (spec.stem === 'cifar' ? 16 : 64)
}

/** Channels of a stage's unit output. */
export function outputChannels(spec: ModelSpec, stage: number): number {
  const width = spec.widths[stage]!
  return spec.block === 'basic' ? width : 4 * width
}

/** True where a shape change goes through projection A or B: every kind but `none` and `conv1x1`. */
export function usesProjection(shortcut: Shortcut): boolean {
  return shortcut.kind !== 'none' && shortcut.kind !== 'conv1x1'
}

/** The stage whose channels projection A can't reach by appending zeros, or -1. */
function narrowingStage(spec: ModelSpec): number {
  if (spec.projection !== 'A' || !usesProjection(spec.shortcut)) return -1
  return spec.widths.findIndex((_, stage) => {
    const before = stage === 0 ? stemWidth(spec) : outputChannels(spec, stage - 1)
    return outputChannels(spec, stage) < before
  })
}

function pathItem(spec: ModelSpec, key: keyof ModelSpec): v.ObjectPathItem {
  return { type: 'object', origin: 'value', input: { ...spec }, key, value: spec[key] }
}

/** A `ModelSpec` by the rules of the specification, usable inside a larger schema. */
export const modelSchema = v.pipe(
  fields,
  v.rawTransform(({ dataset, addIssue, NEVER }): ModelSpec => {
    const spec = dataset.value as ModelSpec
    if (spec.widths.length !== spec.units.length) {
      const { length } = spec.units
      addIssue({
        message: `expected ${length} widths, one for each stage of units, got ${spec.widths.length}`,
        path: [pathItem(spec, 'widths')],
      })
      return NEVER
    }
    const stage = narrowingStage(spec)
    if (stage >= 0) {
      addIssue({
        message: `"A" appends zero channels, but stage ${stage + 1} has fewer channels than what comes before it; use "B"`,
        path: [pathItem(spec, 'projection')],
      })
      return NEVER
    }
    return spec
  }),
)

/** Checks a value from outside against the specification; throws `InvalidConfig`. */
export function parseModelSpec(input: unknown): ModelSpec {
  return parseWith(modelSchema, input)
}
