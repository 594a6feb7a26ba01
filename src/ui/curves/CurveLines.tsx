import { useId } from 'react'
import type { DrawnCurve, PlacedMark } from '../../curves/drawing'
import type { Frame } from '../../curves/frame'
import { laneColour, laneStyle, markerPath } from '../../curves/lanes'
import { bandPath, linePath } from '../../curves/path'
import type { Scale } from '../../curves/scale'
import type { Area } from './CurveAxes'
import { useCurveWords } from './use-curve-words'

const MARKER = 3.4

/** The curves of a chart, within its plot. */
export function CurveLines(props: {
  frame: Frame
  marks: readonly PlacedMark[]
  area: Area
  x: Scale
  y: Scale
}) {
  const { frame, marks, area, x, y } = props
  const { left, top, right, bottom } = area
  const clip = useId()
  const { change } = useCurveWords()
  return (
    <g>
      <clipPath id={clip}>
        <rect x={left} y={top} width={right - left} height={bottom - top} />
      </clipPath>
      <g clipPath={`url(#${clip})`} fill="none">
        {marks.map(({ series, x: place, mark }) => (
          <Mark
            key={`${series.id}@${mark.step}`}
            x={x.pixel(place)}
            top={top}
            bottom={bottom}
            lane={series.lane}
            name={change(mark)}
          />
        ))}
        {frame.lines.map((line) => (
          <Lane key={line.series.id} line={line} x={x} y={y} />
        ))}
      </g>
    </g>
  )
}

/** Faintest first: the batches or the band, the curve, validation over it. */
function Lane({ line, x, y }: { line: DrawnCurve; x: Scale; y: Scale }) {
  const { series, band, raw, validation } = line
  const { dash, marker } = laneStyle(series.lane)
  const colour = laneColour(series.lane)
  const markers = validation
    .map((point) => markerPath(marker, tenth(x.pixel(point.x)), tenth(y.pixel(point.y)), MARKER))
    .join('')
  return (
    <g stroke={colour} opacity={series.muted ? 0.5 : 1}>
      <path d={bandPath(band, x, y)} fill={colour} fillOpacity={0.18} stroke="none" />
      <path d={linePath(raw, x, y)} strokeOpacity={0.25} />
      <path
        d={linePath(line.line, x, y)}
        strokeWidth={series.muted ? 1.2 : 2}
        strokeDasharray={dash}
      />
      <path d={linePath(validation, x, y)} strokeOpacity={0.6} />
      <path d={markers} fill={colour} stroke="var(--surface)" />
    </g>
  )
}

/** Where settings changed: a line over the whole height and what changed. */
function Mark(props: { x: number; top: number; bottom: number; lane: number; name: string }) {
  const { x, top, bottom, lane, name } = props
  return (
    <g stroke={laneColour(lane)}>
      <path d={`M${x} ${top}V${bottom}`} strokeDasharray="2 4" />
      <text x={x + 4} y={top + 11} fontSize={11} stroke="none" fill="var(--muted)">
        {name}
      </text>
    </g>
  )
}

const tenth = (pixel: number) => Math.round(10 * pixel) / 10
