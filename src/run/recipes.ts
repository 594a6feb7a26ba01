import { depthOf } from '../models/presets'
import type { RunConfig, TrainConfig } from './config'
import { FIRST_RUN } from './presets'
import { sameJson } from './same'

/** A way of training that goes with any net and either set of pictures. */
export interface Recipe {
  id: 'firstLook' | 'paper' | 'cosine' | 'oneCycle'
  /** The run trained this way: its net, its pictures and its seed stay. */
  apply(run: RunConfig): RunConfig
}

/** Layers from which the paper warms up, since the net is slow to start at the full rate. */
const WARMED_UP_DEPTH = 110

/** He et al. 2015, section 4.2, with its warm-up where the net is as deep as theirs was. */
export function paper(run: RunConfig): RunConfig {
  const warmup = depthOf(run.model) < WARMED_UP_DEPTH ? {} : { warmup: { steps: 400, rate: 0.01 } }
  return {
    ...run,
    data: { ...run.data, train: 45_000, validation: 5000, augment: 'crop-flip' },
    train: {
      ...{ steps: 64_000, batchSize: 128 },
      learningRate: {
        ...{ kind: 'step', rate: 0.1, milestones: [32_000, 48_000], factor: 0.1 },
        ...warmup,
      },
      ...{ momentum: 0.9, nesterov: false, weightDecay: 1e-4 },
      precision: run.train.precision,
    },
    evaluate: { every: 390, images: 5000 },
  }
}

/** A short training on the run's own split, tried ten times on the way. */
function short(run: RunConfig, train: Pick<TrainConfig, 'steps' | 'learningRate'>): RunConfig {
  const { evaluate: _, ...rest } = run
  const trained = {
    ...rest,
    train: {
      ...train,
      ...{ batchSize: 128, momentum: 0.9, nesterov: false, weightDecay: 5e-4 },
      precision: run.train.precision,
    },
  }
  const images = Math.min(1000, run.data.validation)
  return images === 0 ? trained : { ...trained, evaluate: { every: train.steps / 10, images } }
}

/** What the page opens with, on the run's own pictures. */
function likeFirstRun(run: RunConfig): RunConfig {
  const { evaluate: _, ...rest } = run
  const trained = { ...rest, train: { ...FIRST_RUN.train, precision: run.train.precision } }
  const { every, images } = FIRST_RUN.evaluate!
  const { validation } = run.data
  return validation === 0
    ? trained
    : { ...trained, evaluate: { every, images: Math.min(images, validation) } }
}

export const RECIPES: readonly Recipe[] = [
  {
    id: 'firstLook',
    apply: likeFirstRun,
  },
  {
    id: 'paper',
    apply: paper,
  },
  {
    id: 'cosine',
    apply: (run) =>
      short(run, {
        steps: 4000,
        learningRate: { kind: 'cosine', rate: 0.1, warmup: { steps: 100, rate: 0.02 } },
      }),
  },
  {
    id: 'oneCycle',
    apply: (run) =>
      short(run, {
        steps: 2000,
        learningRate: { kind: 'one-cycle', peak: 0.2, warmupFraction: 0.25 },
      }),
  },
]

/** The recipe that a run's settings are those of, or undefined where they are the user's own. */
export function recipeOf(run: RunConfig): Recipe | undefined {
  return RECIPES.find((recipe) => sameJson(recipe.apply(run), run))
}
