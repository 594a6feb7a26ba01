import { useElementSize } from '@mantine/hooks'
import { memo } from 'react'
import type { PlacedMark } from '../../curves/drawing'
import type { Frame } from '../../curves/frame'
import type { Quantity } from '../../curves/history'
import type { XAxis } from '../../curves/positions'
import { scaleOf } from '../../curves/scale'
import { CurveAxes } from './CurveAxes'
import { CurveLines } from './CurveLines'

/** Pixels between a chart's edges and its plot; curves.css lays the crosshair by the same. */
const INSET = { top: 8, right: 14, bottom: 28, left: 54 }

/** Grid, axes and lines. Nothing of it is drawn again while the crosshair moves. */
export const CurvePlot = memo(function CurvePlot(props: {
  quantity: Quantity
  axis: XAxis
  frame: Frame
  marks: readonly PlacedMark[]
}) {
  const { quantity, axis, frame, marks } = props
  const { ref, width, height } = useElementSize()
  const area = {
    left: INSET.left,
    top: INSET.top,
    right: width - INSET.right,
    bottom: height - INSET.bottom,
  }
  const x = scaleOf(frame.x, area.left, area.right)
  const y = scaleOf(frame.y, area.bottom, area.top)
  return (
    <div ref={ref} className="curve-plot">
      {width > 0 && (
        <svg width={width} height={height} aria-hidden="true">
          <CurveAxes {...{ quantity, axis, frame, area, x, y }} />
          <CurveLines {...{ frame, marks, area, x, y }} />
        </svg>
      )}
    </div>
  )
})
