import { memo } from 'react'
import { CartesianGrid, LineChart, ResponsiveContainer, XAxis, YAxis } from 'recharts'
import type { PlacedMark } from '../../curves/drawing'
import { placeTick, valueTick } from '../../curves/format'
import type { Frame } from '../../curves/frame'
import type { Quantity } from '../../curves/history'
import type { XAxis as PlaceAxis } from '../../curves/positions'
import { CurveLines } from './CurveLines'

/** Pixels between a chart's edges and its plot; curves.css lays the crosshair by the same. */
const INSET = { top: 8, right: 14, bottom: 28, left: 54 }
const AXIS = { stroke: 'var(--line)', tick: { fill: 'var(--muted)' }, tickLine: false } as const
/** The lines are drawn by `CurveLines`; axes with their own domains need no data. */
const NO_DATA = [{ x: 0 }]
const MARGIN = { top: INSET.top, right: INSET.right, bottom: 0, left: 0 }

/** Grid, axes and lines. Nothing of it is drawn again while the crosshair moves. */
export const CurvePlot = memo(function CurvePlot(props: {
  quantity: Quantity
  axis: PlaceAxis
  frame: Frame
  marks: readonly PlacedMark[]
}) {
  const { quantity, axis, frame, marks } = props
  const { x, y } = frame
  return (
    <ResponsiveContainer width="100%" height="100%">
      <LineChart data={NO_DATA} margin={MARGIN} accessibilityLayer={false}>
        <CartesianGrid stroke="var(--line)" vertical={false} />
        <XAxis
          {...AXIS}
          dataKey="x"
          type="number"
          height={INSET.bottom}
          scale={x.log ? 'log' : 'linear'}
          domain={[x.from, x.to]}
          allowDataOverflow
          ticks={[...x.ticks]}
          tickFormatter={(value: number) => placeTick(axis, value)}
        />
        <YAxis
          {...AXIS}
          type="number"
          axisLine={false}
          width={INSET.left}
          scale={y.log ? 'log' : 'linear'}
          domain={[y.from, y.to]}
          allowDataOverflow
          ticks={[...y.ticks]}
          tickFormatter={(value: number) => valueTick(quantity, value)}
        />
        <CurveLines frame={frame} marks={marks} />
      </LineChart>
    </ResponsiveContainer>
  )
})
