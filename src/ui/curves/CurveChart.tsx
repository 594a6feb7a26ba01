import { lazy, Suspense, useMemo } from 'react'
import { drawn, marksOf } from '../../curves/drawing'
import type { Quantity } from '../../curves/history'
import { xAxisOf, yAxisOf } from '../../curves/scale'
import type { CurveSeries } from '../../curves/series'
import type { CurveView } from '../../store/curve-view'
import { Crosshair } from './Crosshair'
import { useCurves, useView, useWindow } from './use-curves'

const CurvePlot = lazy(() => import('./CurvePlot'))

const X_TICKS = 6

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
  const relative = series.some(({ id }) => id === relativeTo)
  const frame = useMemo(() => {
    const lines = curves.map((curve) => drawn(curve, window))
    const log = logY && quantity === 'loss' && !relative
    const fitted = relative || window !== whole
    return {
      lines,
      x: xAxisOf(window, X_TICKS, axis === 'step' || axis === 'images'),
      y: yAxisOf(lines, { quantity, log, fitted }),
    }
  }, [curves, window, whole, axis, quantity, logY, relative])
  // Marks come with the histories' version.
  const marks = useMemo(() => marksOf(series, axis), [series, axis, version])
  return (
    <div className="chart curve-chart">
      <Suspense>
        <CurvePlot quantity={quantity} axis={axis} frame={frame} marks={marks} />
      </Suspense>
      <Crosshair {...{ quantity, axis, curves, window, whole, view, relative }} />
    </div>
  )
}
