import { laneColour, laneStyle, markerPath } from '../../curves/lanes'

/** A lane's dash and marker in its colour, as a legend shows it. */
export function LaneMark({ lane }: { lane: number }) {
  const { dash, marker } = laneStyle(lane)
  return (
    <svg className="lane-mark" width="32" height="12" viewBox="0 0 32 12" aria-hidden="true">
      <path d="M0 6H32" stroke={laneColour(lane)} strokeWidth="2" strokeDasharray={dash} />
      <path d={markerPath(marker, 16, 6, 4)} fill={laneColour(lane)} />
    </svg>
  )
}
