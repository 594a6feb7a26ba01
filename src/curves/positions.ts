import type { MetricsHistory } from './history'

/** What a chart's horizontal axis counts. */
export const X_AXES = ['step', 'epoch', 'time', 'images'] as const
export type XAxis = (typeof X_AXES)[number]

/** Where the points of a series stand on the horizontal axis, in rising order. */
export interface Positions {
  length: number
  at(i: number): number
  /** The first point at or after `x`; `length` where there is none. */
  from(x: number): number
}

/** Points at `unit`, 2·`unit` and so on. */
export function evenly(unit: number, length: number): Positions {
  return {
    length,
    at: (i) => (i + 1) * unit,
    from(x) {
      // A step beside the quotient may be the one: division rounds.
      let i = Math.max(0, Math.ceil(x / unit) - 2)
      while (i < length && (i + 1) * unit < x) i++
      return Math.min(i, length)
    },
  }
}

/** Points at these places, which must rise. */
export function listed(places: ArrayLike<number>): Positions {
  const { length } = places
  return {
    length,
    at: (i) => places[i]!,
    from(x) {
      let [low, high] = [0, length]
      while (low < high) {
        const middle = (low + high) >>> 1
        if (places[middle]! < x) low = middle + 1
        else high = middle
      }
      return low
    },
  }
}

/** How many images a step and an epoch take. */
export interface Pace {
  batchSize: number
  /** Images in the training set. */
  trainImages: number
}

/** What one step is on an axis that counts steps or images. */
function stepOn(axis: Exclude<XAxis, 'time'>, { batchSize, trainImages }: Pace): number {
  if (axis === 'step') return 1
  return axis === 'images' ? batchSize : batchSize / trainImages
}

/** Where each step's result stands. */
export function stepPositions(history: MetricsHistory, axis: XAxis, pace: Pace): Positions {
  if (axis === 'time') return listed(history.seconds)
  return evenly(stepOn(axis, pace), history.steps)
}

/** The place after `step` steps, 0 before the first. */
export function placeAfter(history: MetricsHistory, axis: XAxis, pace: Pace, step: number): number {
  if (axis !== 'time') return step * stepOn(axis, pace)
  const { seconds } = history
  return seconds[Math.min(step, seconds.length) - 1] ?? 0
}

/** What a horizontal axis shows at least, so that the first points do not fill it. */
export function leastPlace(axis: XAxis, pace: Pace): number {
  return axis === 'time' ? 1 : 10 * stepOn(axis, pace)
}
