import { memo } from 'react'
import { CartesianGrid, LineChart, ResponsiveContainer, usePlotArea, XAxis, YAxis } from 'recharts'
import { laneColour, laneStyle, markerPath } from '../../curves/lanes'
import { linePath } from '../../curves/path'
import { type Axis, scaleOf } from '../../curves/scale'
import type { DepthAxis } from '../../meter/depth'
import { tick } from '../../meter/format'
import type { ProfileLine } from '../../meter/profile'

/** Pixels between a chart's edges and its plot; meter.css lays the pointer's surface by the same. */
const INSET = { top: 8, right: 10, bottom: 22, left: 48 }
const AXIS = { stroke: 'var(--line)', tick: { fill: 'var(--muted)' }, tickLine: false } as const
/** The lines are drawn by `Lines`; axes with their own domains need no data. */
const NO_DATA = [{ x: 0 }]
const MARGIN = { top: INSET.top, right: INSET.right, bottom: 0, left: 0 }
const MARKER = 2.6
/** Markers closer than this many pixels would hide the line. */
const MARKER_SPACE = 9

interface Props {
  lines: readonly ProfileLine[]
  axis: Axis
  depth: DepthAxis
  /** What a stage is called, counted from 0. */
  stageName: (stage: number) => string
}

/** Profiles over depth with their axes. Nothing of it is drawn again while the pointer moves. */
export const ProfilePlot = memo(function ProfilePlot({ lines, axis, depth, stageName }: Props) {
  const middles = depth.stages.map(({ from, to }) => (from + to) / 2)
  return (
    <ResponsiveContainer width="100%" height="100%">
      <LineChart data={NO_DATA} margin={MARGIN} accessibilityLayer={false}>
        <CartesianGrid stroke="var(--line)" vertical={false} />
        <XAxis
          {...AXIS}
          dataKey="x"
          type="number"
          height={INSET.bottom}
          domain={[0, 1]}
          allowDataOverflow
          ticks={middles}
          tickFormatter={(_, i) => stageName(i)}
        />
        <YAxis
          {...AXIS}
          type="number"
          axisLine={false}
          width={INSET.left}
          scale={axis.log ? 'log' : 'linear'}
          domain={[axis.from, axis.to]}
          allowDataOverflow
          ticks={[...axis.ticks]}
          tickFormatter={tick}
        />
        <Lines lines={lines} axis={axis} depth={depth} />
      </LineChart>
    </ResponsiveContainer>
  )
})

function Lines({ lines, axis, depth }: Pick<Props, 'lines' | 'axis' | 'depth'>) {
  const area = usePlotArea()
  if (!area) return null
  const x = scaleOf({ from: 0, to: 1, log: false }, area.x, area.x + area.width)
  const y = scaleOf(axis, area.y + area.height, area.y)
  return (
    <g fill="none">
      {depth.stages.slice(1).map(({ from }) => (
        <path
          key={from}
          d={`M${x.pixel(from)} ${area.y}V${area.y + area.height}`}
          stroke="var(--line)"
          strokeDasharray="3 3"
        />
      ))}
      {lines.map((line) => (
        <Line key={`${line.net.id} ${line.quantity}`} line={line} x={x} y={y} />
      ))}
    </g>
  )
}

type Scales = Record<'x' | 'y', ReturnType<typeof scaleOf>>

function Line({ line: { points, style, faint }, x, y }: { line: ProfileLine } & Scales) {
  const { dash, marker } = laneStyle(style)
  const colour = laneColour(style)
  const space = (x.pixel(1) - x.pixel(0)) / points.length
  const markers =
    space < MARKER_SPACE || faint
      ? ''
      : points
          .map((point) => [x.pixel(point.x), y.pixel(point.y)] as const)
          .filter(([, height]) => Number.isFinite(height))
          .map(([left, height]) => markerPath(marker, left, height, MARKER))
          .join('')
  return (
    <g stroke={colour} strokeOpacity={faint ? 0.45 : 1}>
      <path
        className="profile-line"
        d={linePath(points, x, y)}
        strokeWidth={faint ? 1.2 : 1.8}
        strokeDasharray={faint ? '2 3' : dash}
      />
      <path className="profile-line" d={markers} fill={colour} stroke="var(--surface)" />
    </g>
  )
}
