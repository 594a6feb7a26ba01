import { type Adjustment, adjusted } from './adjustment'
import type { LearningRate, TrainConfig } from './config'

/** The learning rate at a step (from 0) of a run of `steps` steps. */
export function learningRateAt(schedule: LearningRate, step: number, steps: number): number {
  const { warmup } = schedule
  if (warmup && step < warmup.steps) return warmup.rate
  switch (schedule.kind) {
    case 'constant':
      return schedule.rate
    case 'step': {
      const passed = schedule.milestones.filter((milestone) => step >= milestone).length
      return schedule.rate * schedule.factor ** passed
    }
    case 'cosine': {
      const start = warmup?.steps ?? 0
      return schedule.rate * halfCosine((step - start) / Math.max(1, steps - start))
    }
    case 'one-cycle': {
      const rising = schedule.warmupFraction * steps
      if (step < rising) return (schedule.peak * (step + 1)) / Math.max(1, Math.ceil(rising))
      return schedule.peak * halfCosine((step - rising) / Math.max(1, steps - rising))
    }
    default:
      return schedule satisfies never
  }
}

/** From 1 to 0 along half a cosine as `progress` goes from 0 to 1. */
function halfCosine(progress: number): number {
  return (1 + Math.cos(Math.PI * Math.min(1, progress))) / 2
}

/** What the optimiser needs for one step. */
export interface StepSettings {
  learningRate: number
  momentum: number
  weightDecay: number
}

/** The settings of a step (from 0), with the adjustments that were made before it. */
export function settingsAt(
  config: TrainConfig,
  step: number,
  adjustments: readonly Adjustment[] = [],
): StepSettings {
  const made = adjustments.filter((adjustment) => adjustment.step <= step)
  const train = adjusted(config, made)
  return {
    learningRate: learningRateAt(train.learningRate, step, train.steps),
    momentum: train.momentum,
    weightDecay: train.weightDecay,
  }
}
