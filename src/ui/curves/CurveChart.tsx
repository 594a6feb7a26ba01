import { Suspense, useMemo } from 'react'
import { marksOf } from '../../curves/drawing'
import { frameOf, isRelative } from '../../curves/frame'
import type { Quantity } from '../../curves/history'
import type { CurveSeries } from '../../curves/series'
import type { CurveView } from '../../store/curve-view'
import { Crosshair } from './Crosshair'
import { LazyPlot } from './LazyPlot'
import { useCurves, useView, useWindow } from './use-curves'

/**
 * A quantity of all series over the view's horizontal axis: each smoothed (several seeds as their
 * median and a band), its batches faint behind, validation as markers.
 *
 * `series` should be the same array while nothing about it has changed; its histories may grow.
 */
export function CurveChart(props: {
  quantity: Quantity
  series: readonly CurveSeries[]
  view: CurveView
}) {
  const { quantity, series, view } = props
  const { curves, whole, version } = useCurves(series, quantity, view)
  const window = useWindow(view, whole)
  const axis = useView(view, ({ x }) => x)
  const relativeTo = useView(view, ({ relativeTo }) => relativeTo)
  const logY = useView(view, ({ logY }) => logY)
  const relative = isRelative(series, relativeTo)
  const frame = useMemo(
    () => frameOf(curves, { quantity, axis, logY, relative }, window, whole),
    [curves, quantity, axis, logY, relative, window, whole],
  )
  // Marks come with the histories' version.
  const marks = useMemo(() => marksOf(series, axis), [series, axis, version])
  return (
    <div className="chart curve-chart">
      <Suspense>
        <LazyPlot quantity={quantity} axis={axis} frame={frame} marks={marks} />
      </Suspense>
      <Crosshair {...{ quantity, axis, curves, window, whole, view, relative }} />
    </div>
  )
}
