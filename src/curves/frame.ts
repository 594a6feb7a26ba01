import {
  type Curve,
  curvesOf,
  type DrawnCurve,
  drawn,
  marksOf,
  type PlacedMark,
  wholeWindow,
} from './drawing'
import { leastPlace, type XAxis } from './positions'
import { type Axis, xAxisOf, yAxisOf } from './scale'
import type { CurveSeries } from './series'
import type { Window } from './thin'
import type { Aspect } from './track'

/** What a chart draws of its curves. */
export interface Frame {
  lines: readonly DrawnCurve[]
  x: Axis
  y: Axis
}

/** How a chart is seen. */
export interface Look extends Aspect {
  logX: boolean
  /** Of the loss; accuracy and differences stay linear. */
  logY: boolean
  /** The id of the series that is taken off all others. */
  relativeTo: string | undefined
  zoom: { from: number; to: number } | undefined
}

const X_TICKS = 6

/** True where differences are drawn: `relativeTo` is one of the series. */
export function isRelative(all: readonly CurveSeries[], relativeTo: string | undefined): boolean {
  return all.some(({ id }) => id === relativeTo)
}

/** All curves' reach on the horizontal axis. */
export function reach(curves: readonly Curve[], axis: XAxis, log: boolean): Window {
  return wholeWindow(curves, log, Math.min(...curves.map(({ series }) => leastPlace(axis, series))))
}

/** The part of the whole that a zoom leaves; the whole itself where there is none. */
export function seenOf(whole: Window, zoom: Look['zoom']): Window {
  if (!zoom) return whole
  const from = Math.max(zoom.from, whole.from)
  const to = Math.min(zoom.to, whole.to)
  return from < to ? { from, to, log: whole.log } : whole
}

export function frameOf(
  curves: readonly Curve[],
  look: Pick<Look, 'quantity' | 'axis' | 'logY'> & { relative: boolean },
  window: Window,
  whole: Window,
): Frame {
  const { quantity, axis, logY, relative } = look
  const lines = curves.map((curve) => drawn(curve, window))
  const log = logY && quantity === 'loss' && !relative
  return {
    lines,
    x: xAxisOf(window, X_TICKS, axis === 'step' || axis === 'images'),
    y: yAxisOf(lines, { quantity, log, fitted: relative || window !== whole }),
  }
}

/** A chart of the series in one go, for a file. */
export function frameOfSeries(
  all: readonly CurveSeries[],
  look: Look,
): { frame: Frame; marks: readonly PlacedMark[] } {
  const curves = curvesOf(all, look, look.relativeTo)
  const whole = reach(curves, look.axis, look.logX)
  const window = seenOf(whole, look.zoom)
  const relative = isRelative(all, look.relativeTo)
  const frame = frameOf(curves, { ...look, relative }, window, whole)
  return { frame, marks: marksOf(all, look.axis) }
}
