import * as v from 'valibot'
import { type ModelSpec, modelSchema } from '../models/spec'
import { flag, InvalidConfig, integer, oneOf, parseWith, real } from '../models/validation'

export const DATA_SETS = ['cifar10', 'shapes10'] as const
export type DataSetName = (typeof DATA_SETS)[number]

/** Images in either set's training part; the split takes from its two ends. */
export const TRAINING_IMAGES = 50_000

export interface DataConfig {
  name: DataSetName
  /** How many of the first images train. */
  train: number
  /** How many of the last images are held out. */
  validation: number
  order: 'shuffled' | 'sequential'
  augment: 'crop-flip' | 'none'
}

export interface Warmup {
  steps: number
  rate: number
}

export type LearningRate =
  | { kind: 'constant'; rate: number; warmup?: Warmup }
  | { kind: 'step'; rate: number; milestones: number[]; factor: number; warmup?: Warmup }
  | { kind: 'cosine'; rate: number; warmup?: Warmup }
  | { kind: 'one-cycle'; peak: number; warmupFraction: number; warmup?: Warmup }

export interface TrainConfig {
  steps: number
  batchSize: number
  learningRate: LearningRate
  momentum: number
  nesterov: boolean
  weightDecay: number
  precision: 'f32' | 'f16'
}

export interface EvaluateConfig {
  /** Steps between evaluations; one more follows the last step. */
  every: number
  /** How many of the validation images. */
  images: number
}

/** What a net is trained with; a comparison's lanes have it in common. */
export interface Settings {
  format: 1
  seed: number
  data: DataConfig
  train: TrainConfig
  evaluate?: EvaluateConfig
}

/** One training run, whole: the same JSON in a file, in a URL and on the command line. */
export interface RunConfig extends Settings {
  model: ModelSpec
}

/** Steps that a run has at most. */
export const MAX_STEPS = 10_000_000
export const MAX_SEED = 0xffff_ffff
const rate = real(0, 1000)
const warmup = v.exactOptional(v.strictObject({ steps: integer(1, MAX_STEPS), rate }))

export const learningRateSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('constant'), rate, warmup }),
  v.strictObject({
    kind: v.literal('step'),
    rate,
    milestones: v.pipe(
      v.array(integer(1, MAX_STEPS)),
      v.check(
        (steps) => steps.every((step, i) => i === 0 || step > steps[i - 1]!),
        'expected steps in rising order',
      ),
    ),
    factor: real(0, 1, { exclusive: true }),
    warmup,
  }),
  v.strictObject({ kind: v.literal('cosine'), rate, warmup }),
  v.strictObject({ kind: v.literal('one-cycle'), peak: rate, warmupFraction: real(0, 1), warmup }),
])

const dataSchema = v.strictObject({
  name: oneOf(...DATA_SETS),
  train: integer(1, TRAINING_IMAGES),
  validation: integer(0, TRAINING_IMAGES - 1),
  order: oneOf('shuffled', 'sequential'),
  augment: oneOf('crop-flip', 'none'),
})

const trainSchema = v.strictObject({
  steps: integer(1, MAX_STEPS),
  batchSize: integer(1, 4096),
  learningRate: learningRateSchema,
  momentum: real(0, 1),
  nesterov: v.exactOptional(flag(), false),
  weightDecay: real(0, 1),
  precision: v.exactOptional(oneOf('f32', 'f16'), 'f32'),
})

/** What a run and a comparison have in common. */
export const commonFields = {
  format: v.literal(
    1,
    (issue) => `expected 1, the format that this version reads, got ${issue.received}`,
  ),
  seed: integer(0, MAX_SEED),
  data: dataSchema,
  train: trainSchema,
  evaluate: v.exactOptional(
    v.strictObject({ every: integer(1, MAX_STEPS), images: integer(1, TRAINING_IMAGES) }),
  ),
}

const { format, seed, ...settings } = commonFields
const runSchema = v.strictObject({ format, seed, model: modelSchema, ...settings })

/** Faults between fields that are each right on their own, each with its path. */
export function contradictions(run: RunConfig): string[] {
  const { data, model, train, evaluate } = run
  const problems: string[] = []
  if (data.train + data.validation > TRAINING_IMAGES) {
    problems.push(
      `data.validation: ${data.train} + ${data.validation} images are more than the ${TRAINING_IMAGES} there are`,
    )
  }
  if (model.classes < 10) {
    problems.push(`model.classes: ${data.name} has 10 classes, got ${model.classes}`)
  }
  if (evaluate && evaluate.images > data.validation) {
    problems.push(
      `evaluate.images: expected at most data.validation (${data.validation}), got ${evaluate.images}`,
    )
  }
  if (train.nesterov && train.momentum === 0) {
    problems.push('train.nesterov: needs a momentum over 0')
  }
  return problems
}

/** Checks a run from outside; throws `InvalidConfig` with the path and reason of each fault. */
export function parseRun(input: unknown): RunConfig {
  const run = parseWith(runSchema, input) as RunConfig
  const problems = contradictions(run)
  if (problems.length > 0) throw new InvalidConfig(problems)
  return run
}
