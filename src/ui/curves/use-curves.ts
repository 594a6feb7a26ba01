import { useCallback, useMemo, useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import { type Curve, curvesOf, wholeWindow } from '../../curves/drawing'
import type { Quantity } from '../../curves/history'
import { leastPlace } from '../../curves/positions'
import type { CurveSeries } from '../../curves/series'
import type { Window } from '../../curves/thin'
import type { CurveView, CurveViewState } from '../../store/curve-view'

export function useView<T>(view: CurveView, select: (state: CurveViewState) => T): T {
  return useStore(view.store, select)
}

/** Renders again, at most ten times a second, when figures of the series have come. */
export function useFigures(series: readonly CurveSeries[]): number {
  const subscribe = useCallback(
    (listener: () => void) => {
      const ends = series.flatMap(({ histories }) => histories.map((h) => h.subscribe(listener)))
      return () => {
        for (const end of ends) end()
      }
    },
    [series],
  )
  return useSyncExternalStore(subscribe, () =>
    series.reduce(
      (sum, { histories }) => histories.reduce((sum, { version }) => sum + version, sum),
      0,
    ),
  )
}

/** The whole tracks of all series as the view wants them, and what they reach over. */
export function useCurves(
  series: readonly CurveSeries[],
  quantity: Quantity,
  view: CurveView,
): { curves: readonly Curve[]; whole: Window; version: number } {
  const version = useFigures(series)
  const axis = useView(view, ({ x }) => x)
  const logX = useView(view, ({ logX }) => logX)
  const smoothing = useView(view, ({ smoothing }) => smoothing)
  const relativeTo = useView(view, ({ relativeTo }) => relativeTo)
  // The histories grow in place; their version tells when.
  return useMemo(() => {
    const curves = curvesOf(series, { quantity, axis, smoothing }, relativeTo)
    const least = Math.min(...series.map((pace) => leastPlace(axis, pace)))
    return { curves, whole: wholeWindow(curves, logX, least), version }
  }, [series, quantity, axis, logX, smoothing, relativeTo, version])
}

/** The part of the whole that is seen. */
export function useWindow(view: CurveView, whole: Window): Window {
  const zoom = useView(view, ({ zoom }) => zoom)
  return useMemo(() => {
    if (!zoom) return whole
    const from = Math.max(zoom.from, whole.from)
    const to = Math.min(zoom.to, whole.to)
    return from < to ? { from, to, log: whole.log } : whole
  }, [zoom, whole])
}
