import { useMemo } from 'react'
import { useStore } from 'zustand'
import { type Curve, curvesOf } from '../../curves/drawing'
import { reach, seenOf } from '../../curves/frame'
import type { Quantity } from '../../curves/history'
import type { CurveSeries } from '../../curves/series'
import type { Window } from '../../curves/thin'
import type { CurveView, CurveViewState } from '../../store/curve-view'
import { useFigures } from './use-figures'

export function useView<T>(view: CurveView, select: (state: CurveViewState) => T): T {
  return useStore(view.store, select)
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
    return { curves, whole: reach(curves, axis, logX), version }
  }, [series, quantity, axis, logX, smoothing, relativeTo, version])
}

/** The part of the whole that is seen. */
export function useWindow(view: CurveView, whole: Window): Window {
  const zoom = useView(view, ({ zoom }) => zoom)
  return useMemo(() => seenOf(whole, zoom), [zoom, whole])
}
