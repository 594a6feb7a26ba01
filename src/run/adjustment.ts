import * as v from 'valibot'
import { integer, real } from '../models/validation'
import { type LearningRate, MAX_STEPS, type TrainConfig } from './config'

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

/** Adjustments from outside, one a step in rising order. */
export const adjustmentsSchema = v.pipe(
  v.array(
    v.strictObject({
      step: integer(0, MAX_STEPS),
      learningRate: v.exactOptional(real(0, 1000)),
      momentum: v.exactOptional(real(0, 1)),
      weightDecay: v.exactOptional(real(0, 1)),
    }),
  ),
  v.check(
    (list) => list.every(({ step }, i) => i === 0 || step > list[i - 1]!.step),
    'expected adjustments in rising order of their steps',
  ),
)

/** With one more; a second one before the same step is one with the first. */
export function withAdjustment(
  before: readonly Adjustment[],
  next: Adjustment,
): readonly Adjustment[] {
  const last = before.at(-1)
  if (last?.step !== next.step) return [...before, next]
  return [...before.slice(0, -1), { ...last, ...next }]
}

/** What can change while a run is on, as it stands in settings. */
export function liveSettings({ learningRate, momentum, weightDecay }: TrainConfig): LiveSettings {
  return { learningRate: peakRate(learningRate), momentum, weightDecay }
}

/** What has to change for `from` to become `to`; empty where they are the same. */
export function changeBetween(from: LiveSettings, to: LiveSettings): Change {
  const keys = ['learningRate', 'momentum', 'weightDecay'] as const
  return Object.fromEntries(
    keys.filter((key) => from[key] !== to[key]).map((key) => [key, to[key]]),
  )
}

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
