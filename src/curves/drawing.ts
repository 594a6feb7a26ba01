import type { Adjustment } from '../run/adjustment'
import { placeAfter, type XAxis } from './positions'
import type { CurveSeries } from './series'
import { median, type Spread, spreadOf } from './spread'
import { type Point, thinned, type Window } from './thin'
import { type Aspect, type Track, type Tracks, tracksOf, valueAt } from './track'

/** A series with its whole tracks, from which every window is drawn. */
export interface Curve {
  series: CurveSeries
  tracks: Tracks
}

/** The points of a curve in a window, few enough to draw. */
export interface DrawnCurve {
  series: CurveSeries
  /** The smoothed curve, or the median over seeds. */
  line: readonly Point[]
  band: readonly Spread[]
  raw: readonly Point[]
  validation: readonly Point[]
}

/** The curves of all series, or of their differences from the one called `relativeTo`. */
export function curvesOf(
  all: readonly CurveSeries[],
  aspect: Aspect,
  relativeTo?: string,
): Curve[] {
  const base = all.find(({ id }) => id === relativeTo)
  return all.map((series) => ({ series, tracks: tracksOf(series, aspect, base) }))
}

export function drawn({ series, tracks }: Curve, window: Window): DrawnCurve {
  const { training, raw, validation } = tracks
  const band = training.length > 1 ? spreadOf(training, window) : []
  return {
    series,
    band,
    line: training.length > 1 ? medians(band) : lineOf(training, window),
    raw: raw ? thinned(raw, window) : [],
    validation:
      validation.length > 1 ? medians(spreadOf(validation, window)) : lineOf(validation, window),
  }
}

function lineOf([track]: readonly Track[], window: Window): Point[] {
  return track ? thinned(track, window) : []
}

function medians(spreads: readonly Spread[]): Point[] {
  return spreads.map(({ x, median: y }) => ({ x, y }))
}

/** The median over the seeds at `x`, or undefined where no seed reaches. */
export function readAt(tracks: readonly Track[], x: number): number | undefined {
  const values = tracks.map((track) => valueAt(track, x)).filter((value) => !Number.isNaN(value))
  return values.length > 0 ? median(values) : undefined
}

/** How far a logarithmic axis goes down from its end: a first point at 0 would be without end. */
const SMALLEST_SHARE = 1e-7

/** Everything that the curves reach over, and at least up to `least`. */
export function wholeWindow(curves: readonly Curve[], log: boolean, least: number): Window {
  const tracks = curves.flatMap(({ tracks: { training, validation } }) => [
    ...training,
    ...validation,
  ])
  const filled = tracks.filter(({ x }) => x.length > 0)
  const to = filled.reduce((max, { x }) => Math.max(max, x.at(x.length - 1)), least)
  const first = filled.reduce((min, { x }) => Math.min(min, x.at(0)), to)
  return { from: log ? Math.max(Math.min(first, to / 10), to * SMALLEST_SHARE) : 0, to, log }
}

/** Where the settings of a series changed while it ran. */
export interface PlacedMark {
  series: CurveSeries
  x: number
  mark: Adjustment
}

export function marksOf(all: readonly CurveSeries[], axis: XAxis): PlacedMark[] {
  return all.flatMap((series) =>
    series.histories.flatMap((history) =>
      history.marks.map((mark) => ({
        series,
        x: placeAfter(history, axis, series, mark.step),
        mark,
      })),
    ),
  )
}
