import type { UnitReading } from '../../meter/quantities'
import type { NetworkPlan } from '../../models/plan'
import { layOut } from '../unit-layout'
import { edgeValues } from './edge-values'
import type { Edges } from './use-edges'

/** A unit's readings on the edges of its diagram. */
export default function EdgeValues(props: {
  edges: Edges
  units: readonly UnitReading[]
  network: NetworkPlan
  /** The name of the unit that is shown. */
  shown: string
}) {
  const { units, network, shown } = props
  const { direction } = props.edges
  const index = units.findIndex(({ name }) => name === shown)
  const reading = units[index]
  if (!reading) return null
  const drawing = layOut(network.nodes.filter(({ unit }) => unit === shown))
  return (
    <g className="edge-values" data-direction={direction}>
      {edgeValues(drawing, reading, direction, units[index + 1]).map(
        ({ id, x, y, text, anchor }) => (
          <text key={id} x={x} y={y} textAnchor={anchor}>
            {text}
          </text>
        ),
      )}
    </g>
  )
}
