import { placeTick, valueTick } from '../../curves/format'
import type { Frame } from '../../curves/frame'
import type { Quantity } from '../../curves/history'
import type { XAxis } from '../../curves/positions'
import type { Scale } from '../../curves/scale'

/** The plot's edges in its chart, in pixels. */
export interface Area {
  left: number
  top: number
  right: number
  bottom: number
}

/** The room that a tick's text takes along the horizontal axis, in pixels. */
const TICK_WIDTH = 60

/** A line at each value's tick, and the ticks of both axes in words. */
export function CurveAxes(props: {
  quantity: Quantity
  axis: XAxis
  frame: Frame
  area: Area
  x: Scale
  y: Scale
}) {
  const { quantity, axis, frame, area, x, y } = props
  const { left, right, bottom } = area
  const places = frame.x.ticks
  const every = Math.ceil((TICK_WIDTH * places.length) / Math.max(TICK_WIDTH, right - left))
  return (
    <g fill="var(--muted)">
      {frame.y.ticks.map((value) => (
        <g key={value} transform={`translate(0 ${y.pixel(value)})`}>
          <path d={`M${left} 0H${right}`} stroke="var(--line)" />
          <text x={left - 8} dy="0.35em" textAnchor="end">
            {valueTick(quantity, value)}
          </text>
        </g>
      ))}
      <path d={`M${left} ${bottom}H${right}`} stroke="var(--line)" />
      {places.map((place, i) =>
        i % every === 0 ? (
          <text key={place} x={x.pixel(place)} y={bottom + 18} textAnchor="middle">
            {placeTick(axis, place)}
          </text>
        ) : null,
      )}
    </g>
  )
}
