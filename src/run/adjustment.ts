import type { LearningRate, TrainConfig } from './config'

/** The settings that can change while a run is on. */
export interface LiveSettings {
  /** The schedule's highest rate; a warm-up keeps its own. */
  learningRate: number
  momentum: number
  weightDecay: number
}

export type Change = Partial<LiveSettings>

/** A change of settings in the middle of a run, in force from the step with this index on. */
export type Adjustment = Change & { step: number }

/** The highest rate of a schedule, whatever the schedule calls it. */
export function peakRate(schedule: LearningRate): number {
  return schedule.kind === 'one-cycle' ? schedule.peak : schedule.rate
}

export function withPeakRate(schedule: LearningRate, rate: number): LearningRate {
  return schedule.kind === 'one-cycle' ? { ...schedule, peak: rate } : { ...schedule, rate }
}

/** The settings as if they had stood so from the start: a schedule goes on with its new rate. */
export function adjusted(train: TrainConfig, changes: readonly Change[]): TrainConfig {
  const { learningRate, momentum, weightDecay }: Change = Object.assign({}, ...changes)
  const schedule = train.learningRate
  return {
    ...train,
    learningRate: learningRate === undefined ? schedule : withPeakRate(schedule, learningRate),
    momentum: momentum ?? train.momentum,
    weightDecay: weightDecay ?? train.weightDecay,
  }
}
