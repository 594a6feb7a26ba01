import * as v from 'valibot'
import { modelName } from '../models/presets'
import { type ModelSpec, modelSchema } from '../models/spec'
import { flag, InvalidConfig, integer, oneOf, parseWith, real, show } from '../models/validation'
import {
  commonFields,
  contradictions,
  learningRateSchema,
  MAX_SEED,
  type RunConfig,
  type Settings,
  type TrainConfig,
} from './config'

export const MAX_LANES = 6
export const MAX_SEEDS = 5
export const MAX_NAME = 60

/** What a lane may train with that the others do not. */
export type TrainOverrides = Partial<Omit<TrainConfig, 'steps' | 'batchSize'>>

export interface Lane {
  /** Not empty, and no other lane's, in capitals or not. */
  name: string
  model: ModelSpec
  train?: TrainOverrides
}

/** What the lanes get in equal measure. */
export type Until =
  /** All steps of `train.steps`. */
  | { kind: 'steps' }
  /** So many seconds of training a lane; `train.steps` still ends it, and spans its schedule. */
  | { kind: 'time'; seconds: number }

/** One to six variants trained on the same images with the same augmentation, in the same order. */
export interface ComparisonConfig extends Settings {
  lanes: Lane[]
  /** How many seeds train, one after another, from `seed` on. */
  seeds: number
  until: Until
}

const shared = () =>
  v.exactOptional(
    v.custom<never>(() => false, 'is the same for all lanes; set it in the comparison\'s "train"'),
  )

const overridesSchema = v.strictObject({
  learningRate: v.exactOptional(learningRateSchema),
  momentum: v.exactOptional(real(0, 1)),
  nesterov: v.exactOptional(flag()),
  weightDecay: v.exactOptional(real(0, 1)),
  precision: v.exactOptional(oneOf('f32', 'f16')),
  steps: shared(),
  batchSize: shared(),
})

/** Neither control characters nor halves of a character, which UTF-8 cannot hold. */
const PRINTABLE = /^[^\p{Cc}\p{Cs}]+$/u

const nameSchema = v.custom<string>(
  (name) =>
    typeof name === 'string' &&
    name.length <= MAX_NAME &&
    name.trim() === name &&
    PRINTABLE.test(name),
  ({ input }) => `expected a name of 1 to ${MAX_NAME} characters, got ${show(input)}`,
)

const laneSchema = v.strictObject({
  name: nameSchema,
  model: modelSchema,
  train: v.exactOptional(overridesSchema),
})

const comparisonSchema = v.strictObject({
  ...commonFields,
  lanes: v.pipe(
    v.array(laneSchema),
    v.minLength(1, 'expected at least one lane'),
    v.maxLength(
      MAX_LANES,
      ({ received }) => `expected at most ${MAX_LANES} lanes, got ${received}`,
    ),
  ),
  seeds: v.exactOptional(integer(1, MAX_SEEDS), 1),
  until: v.exactOptional(
    v.variant('kind', [
      v.strictObject({ kind: v.literal('steps') }),
      v.strictObject({ kind: v.literal('time'), seconds: real(0, 1e6, { exclusive: true }) }),
    ]),
    { kind: 'steps' },
  ),
})

/** The run that a lane is with one of the comparison's seeds, counted from 0. */
export function laneRun(comparison: ComparisonConfig, lane: number, seedIndex: number): RunConfig {
  const { format, seed, data, train, evaluate, lanes } = comparison
  const { model, train: overrides } = lanes[lane]!
  return {
    ...{ format, seed: seed + seedIndex, model, data },
    train: { ...train, ...overrides },
    ...(evaluate ? { evaluate } : {}),
  }
}

/** A comparison that has the run as its only lane. */
export function comparisonOf({ model, ...common }: RunConfig): ComparisonConfig {
  return {
    ...common,
    lanes: [{ name: modelName(model), model }],
    seeds: 1,
    until: { kind: 'steps' },
  }
}

/** A comparison by its lanes: "v1, v1.5, v2". */
export function comparisonName({ lanes }: ComparisonConfig): string {
  return lanes.map(({ name }) => name).join(', ')
}

/** True for JSON that means to be a comparison, right or wrong; anything else means to be a run. */
export function isComparison(input: unknown): boolean {
  return typeof input === 'object' && input !== null && 'lanes' in input
}

function repeatedNames({ lanes }: ComparisonConfig): string[] {
  const names = lanes.map(({ name }) => name.toLowerCase())
  return names.flatMap((name, i) => {
    const first = names.indexOf(name)
    return first < i ? [`lanes[${i}].name: is that of lanes[${first}] too`] : []
  })
}

/** Faults of a lane's run, under the lane's path where the lane can be at fault. */
function laneProblems(comparison: ComparisonConfig, lane: number): string[] {
  return contradictions(laneRun(comparison, lane, 0)).map((problem) => {
    const own = comparison.lanes[lane]!.train ? /^(model|train)\./ : /^model\./
    return own.test(problem) ? `lanes[${lane}].${problem}` : problem
  })
}

/** Checks a comparison from outside; throws `InvalidConfig` with path and reason of each fault. */
export function parseComparison(input: unknown): ComparisonConfig {
  const comparison = parseWith(comparisonSchema, input) as ComparisonConfig
  const { seed, seeds, lanes } = comparison
  const problems = [
    ...repeatedNames(comparison),
    ...lanes.flatMap((_, lane) => laneProblems(comparison, lane)),
    ...(seed + seeds - 1 > MAX_SEED
      ? [`seeds: ${seeds} from ${seed} on would go beyond ${MAX_SEED}, the last seed`]
      : []),
  ]
  if (problems.length > 0) throw new InvalidConfig([...new Set(problems)])
  return comparison
}
