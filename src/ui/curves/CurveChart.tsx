import { Suspense } from 'react'
import type { Quantity } from '../../curves/history'
import type { CurveSeries } from '../../curves/series'
import type { CurveView } from '../../store/curve-view'
import { part } from '../part'

const Chart = part(() => import('./Chart'))

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
  return (
    <div className="chart curve-chart">
      <Suspense>
        <Chart {...props} />
      </Suspense>
    </div>
  )
}
