import type { ModelSpec } from '../models/spec'
import { type ComparisonConfig, comparisonOf, parseComparison } from '../run/comparison'
import { parseRun, type RunConfig } from '../run/config'
import type { Language } from '../words/language'
import type { Changes, Label, Lesson, Setup } from './lesson'

/**
 * What every set-up starts from: a net of three stages with two units each, a quarter as wide as
 * the papers', on the built-in pictures; a software adapter trains 40 steps in seconds. Lessons
 * share widths and batch, so that their kernels are compiled once.
 */
export const LESSON_RUN: RunConfig = {
  format: 1,
  seed: 1,
  model: {
    stem: 'cifar',
    stemWidth: 4,
    block: 'basic',
    units: [2, 2, 2],
    widths: [4, 8, 16],
    order: 'original',
    strideAt: 'first',
    shortcut: { kind: 'identity' },
    projection: 'A',
    classes: 10,
  },
  data: { name: 'shapes10', train: 2000, validation: 200, order: 'shuffled', augment: 'none' },
  train: {
    steps: 1000,
    batchSize: 16,
    learningRate: { kind: 'constant', rate: 0.1 },
    momentum: 0.9,
    nesterov: false,
    weightDecay: 1e-4,
    precision: 'f32',
  },
  evaluate: { every: 40, images: 200 },
}

/** Changes that several lessons make. */
export const V1_5 = { strideAt: '3x3' } as const satisfies Partial<ModelSpec>
export const V2 = { order: 'full-preactivation' } as const satisfies Partial<ModelSpec>
export const FOUR_A_STAGE = { units: [4, 4, 4] } as const satisfies Partial<ModelSpec>
export const BOTTLENECK = {
  block: 'bottleneck',
  projection: 'B',
} as const satisfies Partial<ModelSpec>

/** The papers' widths on CIFAR-10 and on ImageNet: counted in lessons, not trained. */
export const PAPER_WIDTHS = {
  stemWidth: 16,
  widths: [16, 32, 64],
} as const satisfies Partial<ModelSpec>
export const IMAGENET = {
  ...BOTTLENECK,
  stem: 'imagenet',
  stemWidth: 64,
  widths: [64, 128, 256, 512],
  classes: 1000,
} as const satisfies Partial<ModelSpec>

function changed({ model, train, data, seed }: Changes): RunConfig {
  return {
    ...LESSON_RUN,
    seed: seed ?? LESSON_RUN.seed,
    model: { ...LESSON_RUN.model, ...model },
    data: { ...LESSON_RUN.data, ...data },
    train: { ...LESSON_RUN.train, ...train },
  }
}

export const inLanguage = (label: Label, language: Language) =>
  typeof label === 'string' ? label : label[language]

/** The run that a set-up means; throws `InvalidConfig` where there is none such. */
export function setupRun(setup: Setup & { kind: 'run' }): RunConfig {
  return parseRun(changed(setup))
}

/** The comparison that a set-up means, its lanes named in a language; throws as `setupRun`. */
export function setupComparison(
  setup: Setup & { kind: 'lanes' },
  language: Language,
): ComparisonConfig {
  const { model, ...common } = changed(setup)
  return parseComparison({
    ...common,
    lanes: setup.lanes.map((lane) => ({
      name: inLanguage(lane.name, language),
      model: { ...model, ...lane.model },
      ...(lane.train ? { train: lane.train } : {}),
    })),
    seeds: setup.seeds ?? 1,
  })
}

/** A single net as the comparison of one lane that it is trained as. */
function comparisonOfSetup(setup: Setup, language: Language): ComparisonConfig {
  return setup.kind === 'run' ? comparisonOf(setupRun(setup)) : setupComparison(setup, language)
}

/**
 * What lies on the bench at a step of a lesson, and a key that is the same for all steps that go on
 * with it. A lesson's first step has a set-up.
 */
export function setupOf(name: string, { steps }: Lesson, index: number, language: Language) {
  const { id, setup } = steps.findLast(({ setup }, i) => i <= index && setup !== undefined)!
  return { key: `${name}/${id}/${language}`, comparison: comparisonOfSetup(setup!, language) }
}
