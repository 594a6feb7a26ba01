import { useDeferredValue, useMemo, useState } from 'react'
import { marksOf } from '../../curves/drawing'
import { frameOf, isRelative } from '../../curves/frame'
import type { Quantity } from '../../curves/history'
import type { CurveSeries } from '../../curves/series'
import type { CurveView } from '../../store/curve-view'
import { Crosshair } from './Crosshair'
import { CurvePlot } from './CurvePlot'
import { useCurves, useView, useWindow } from './use-curves'

/**
 * What is drawn of a `CurveChart`, loaded after the page. The chart that is pointed at follows a
 * zoom at once, the others as soon as there is time: they would hold it up.
 */
export default function Chart(props: {
  quantity: Quantity
  series: readonly CurveSeries[]
  view: CurveView
}) {
  const { quantity, series, view } = props
  const { curves, whole, version } = useCurves(series, quantity, view)
  const window = useWindow(view, whole)
  const later = useDeferredValue(window)
  const [pointedAt, setPointedAt] = useState(false)
  const shown = pointedAt ? window : later
  const axis = useView(view, ({ x }) => x)
  const relativeTo = useView(view, ({ relativeTo }) => relativeTo)
  const logY = useView(view, ({ logY }) => logY)
  const relative = isRelative(series, relativeTo)
  const frame = useMemo(
    () => frameOf(curves, { quantity, axis, logY, relative }, shown, whole),
    [curves, quantity, axis, logY, relative, shown, whole],
  )
  // Marks come with the histories' version.
  const marks = useMemo(() => marksOf(series, axis), [series, axis, version])
  return (
    <>
      <CurvePlot quantity={quantity} axis={axis} frame={frame} marks={marks} />
      <Crosshair
        {...{ quantity, axis, curves, window, whole, view, relative }}
        onPointedAt={setPointedAt}
      />
    </>
  )
}
