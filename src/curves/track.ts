import type { MetricsHistory, Quantity } from './history'
import {
  listed,
  type Pace,
  type Positions,
  placeAfter,
  stepPositions,
  type XAxis,
} from './positions'
import type { CurveSeries } from './series'

/** A series of values over its places; values count `scale` times. */
export interface Track {
  x: Positions
  y: Float64Array
  scale: number
}

/** All that is drawn of one series, whole: one track a seed. */
export interface Tracks {
  training: readonly Track[]
  /** Each batch's own figure, where one seed is drawn and smoothed. */
  raw: Track | undefined
  validation: readonly Track[]
}

/** What of a series is drawn over which axis. */
export interface Aspect {
  quantity: Quantity
  axis: XAxis
  smoothing: number
}

/** The whole tracks of a series, or its differences from another, seed by seed. */
export function tracksOf(series: CurveSeries, aspect: Aspect, base?: CurveSeries): Tracks {
  const { histories } = series
  const { smoothing } = aspect
  if (base) {
    const pairs = histories.flatMap((history, seed) => {
      const other = base.histories[seed]
      return other ? [[history, other] as const] : []
    })
    const differences = (make: TrackMaker) =>
      pairs.map(([ours, theirs]) =>
        difference(make(ours, series, aspect), make(theirs, base, aspect)),
      )
    return {
      training: differences(trainingTrack),
      raw: undefined,
      validation: differences(validationTrack),
    }
  }
  const single = histories.length === 1 && smoothing > 0 && !series.muted
  return {
    training: histories.map((history) => trainingTrack(history, series, aspect)),
    raw: single ? trainingTrack(histories[0]!, series, { ...aspect, smoothing: 0 }) : undefined,
    validation: histories.map((history) => validationTrack(history, series, aspect)),
  }
}

type TrackMaker = (history: MetricsHistory, pace: Pace, aspect: Aspect) => Track

function trainingTrack(history: MetricsHistory, pace: Pace, aspect: Aspect): Track {
  const { quantity, axis, smoothing } = aspect
  return {
    x: stepPositions(history, axis, pace),
    y: history.smoothed(quantity, smoothing),
    scale: quantity === 'loss' ? 1 : 1 / pace.batchSize,
  }
}

/** Validation figures stand at the step after which they were measured. */
function validationTrack(history: MetricsHistory, pace: Pace, { quantity, axis }: Aspect): Track {
  const { evaluations } = history
  return {
    x: listed(evaluations.map(({ step }) => placeAfter(history, axis, pace, step))),
    y: Float64Array.from(evaluations, (evaluation) => evaluation[quantity]),
    scale: 1,
  }
}

/** `track` − `base` at the places of `track`; NaN where `base` does not reach. */
export function difference(track: Track, base: Track): Track {
  const y = new Float64Array(track.x.length)
  let after = 0
  for (let i = 0; i < y.length; i++) {
    const x = track.x.at(i)
    while (after < base.x.length && base.x.at(after) < x) after++
    y[i] = track.y[i]! * track.scale - between(base, after, x)
  }
  return { x: track.x, y, scale: 1 }
}

/** The value at `x`, on a straight line between two points; NaN outside of all. */
export function valueAt(track: Track, x: number): number {
  return between(track, track.x.from(x), x)
}

/** The value at `x`, of which `after` is the first point at or after it. */
function between({ x: places, y, scale }: Track, after: number, x: number): number {
  if (after >= places.length) return Number.NaN
  const right = places.at(after)
  if (right === x) return y[after]! * scale
  if (after === 0) return Number.NaN
  const left = places.at(after - 1)
  const share = (x - left) / (right - left)
  return (y[after - 1]! * (1 - share) + y[after]! * share) * scale
}
