import type { MetricsHistory } from '../curves/history'
import { median } from '../curves/spread'
import type { LaneState } from '../worker/race-protocol'

/** A figure over a lane's seeds, and from how many of them it is. */
export interface OverSeeds {
  median: number
  low: number
  high: number
  seeds: number
}

/** Median and range of what is there, or undefined where nothing is. */
export function overSeeds(values: readonly (number | undefined)[]): OverSeeds | undefined {
  const known = values.filter((value) => value !== undefined)
  if (known.length === 0) return undefined
  return {
    median: median(known),
    low: Math.min(...known),
    high: Math.max(...known),
    seeds: known.length,
  }
}

/** Accuracy of each seed's last validation. */
export function lastAccuracies(histories: readonly MetricsHistory[]): (number | undefined)[] {
  return histories.map(({ evaluations }) => evaluations.at(-1)?.accuracy)
}

/** Accuracy of each seed's best validation. */
export function bestAccuracies(histories: readonly MetricsHistory[]): (number | undefined)[] {
  return histories.map(({ evaluations }) =>
    evaluations.length === 0 ? undefined : Math.max(...evaluations.map(({ accuracy }) => accuracy)),
  )
}

/** Accuracy of each seed's last validation, where the lane has ended with it. */
export function finalAccuracies(
  states: readonly LaneState[],
  histories: readonly MetricsHistory[],
): (number | undefined)[] {
  const last = lastAccuracies(histories)
  return states.map(({ state }, seed) => (state === 'finished' ? last[seed] : undefined))
}
