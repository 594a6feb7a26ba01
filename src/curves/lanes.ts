export const MARKERS = ['circle', 'square', 'triangle', 'diamond', 'cross', 'down'] as const
export type Marker = (typeof MARKERS)[number]

/** How a lane is drawn: never by its colour alone. */
export interface LaneStyle {
  /** On white; the page has one a theme in colours.css. */
  colour: string
  /** SVG's dash array. */
  dash: string
  marker: Marker
}

/** Okabe and Ito's colours, moved apart for contrast and for the three colour blindnesses. */
export const LANES: readonly LaneStyle[] = [
  { colour: '#0072b2', dash: 'none', marker: 'circle' },
  { colour: '#e75a00', dash: '8 3', marker: 'square' },
  { colour: '#04a471', dash: '2.5 2.5', marker: 'triangle' },
  { colour: '#ac1c76', dash: '9 3 2.5 3', marker: 'diamond' },
  { colour: '#745708', dash: '14 4', marker: 'cross' },
  { colour: '#1c2733', dash: '5 2 1.5 2 1.5 2', marker: 'down' },
]

export function laneStyle(lane: number): LaneStyle {
  return LANES[lane % LANES.length]!
}

/** The colour of a lane in the page's theme. */
export function laneColour(lane: number): string {
  return `var(--lane-${(lane % LANES.length) + 1})`
}

/** The outline of a marker about a point, to be filled. */
export function markerPath(marker: Marker, x: number, y: number, size: number): string {
  const [l, r, t, b] = [x - size, x + size, y - size, y + size].map((v) => Math.round(10 * v) / 10)
  const arm = Math.round(size * 4) / 10
  switch (marker) {
    case 'circle':
      return `M${l} ${y}A${size} ${size} 0 1 1 ${r} ${y}A${size} ${size} 0 1 1 ${l} ${y}Z`
    case 'square':
      return `M${l} ${t}H${r}V${b}H${l}Z`
    case 'triangle':
      return `M${x} ${t}L${r} ${b}H${l}Z`
    case 'down':
      return `M${x} ${b}L${r} ${t}H${l}Z`
    case 'diamond':
      return `M${x} ${t}L${r} ${y}L${x} ${b}L${l} ${y}Z`
    case 'cross':
      return `M${x - arm} ${t}h${2 * arm}V${y - arm}H${r}v${2 * arm}H${x + arm}V${b}h${-2 * arm}V${y + arm}H${l}v${-2 * arm}H${x - arm}Z`
    default:
      return marker satisfies never
  }
}
