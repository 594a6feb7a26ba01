import { layerName } from '../models/equation'
import type { Layer, NetworkPlan, Path, PlanNode, UnitPlan } from '../models/plan'

const BOX = { width: 132, height: 30, gap: 16 }
const WIDTH = 368
const CENTRE = 104
/** Where the shortcut's line runs, and a gate's. */
const SHORTCUT = 296
const GATE = 218
const JOIN_RADIUS = 13

interface Box {
  node: PlanNode
  x: number
  y: number
}

/** Boxes and heights of a unit's drawing, laid out from top to bottom. */
interface Drawing {
  boxes: Box[]
  /** Where the paths part. */
  fork: number
  /** The circle where they meet, unless the net is plain. */
  join: { node: PlanNode; y: number } | undefined
  height: number
}

const STEP = BOX.height + BOX.gap

function layOut(nodes: readonly PlanNode[]): Drawing {
  const on = (path: Path) => nodes.filter((node) => node.path === path)
  const boxes: Box[] = []
  const column = (list: PlanNode[], x: number, top: number) => {
    for (const [i, node] of list.entries()) boxes.push({ node, x, y: top + i * STEP })
    return top + list.length * STEP
  }
  const fork = column(on('shared'), CENTRE, 34)
  const joined = column(on('residual'), CENTRE, fork + 22)
  const middle = (list: PlanNode[]) => fork + 22 + (joined - fork - 22 - list.length * STEP) / 2
  column(on('shortcut'), SHORTCUT, middle(on('shortcut')))
  column(on('gate'), GATE, middle(on('gate')))
  const [node] = on('join')
  const end = node ? joined + 2 * JOIN_RADIUS + BOX.gap : joined
  const height = column(on('after'), CENTRE, end)
  return {
    boxes,
    fork,
    join: node ? { node, y: joined + JOIN_RADIUS } : undefined,
    height: height + 22,
  }
}

function colourOf(layer: Layer): string {
  switch (layer.op) {
    case 'conv':
      return 'conv'
    case 'batchNorm':
      return 'norm'
    case 'relu':
      return 'activation'
    default:
      return 'other'
  }
}

function strideOf(layer: Layer): number {
  return 'stride' in layer ? layer.stride : 1
}

function label({ layer, output }: PlanNode): string {
  const stride = strideOf(layer) > 1 ? `, /${strideOf(layer)}` : ''
  return `${layerName(layer, output.channels)}${stride}`
}

/** What a gated or scaled join does, beside its circle. */
function joinNote(layer: Layer): string {
  switch (layer.op) {
    case 'weightedAdd':
      return `${layer.shortcut} · h + ${layer.residual} · F`
    case 'exclusiveGate':
      return '(1 − g) · h + g · F'
    case 'shortcutGate':
      return '(1 − g) · h + F'
    default:
      return ''
  }
}

function inWords(nodes: readonly PlanNode[], unit: UnitPlan): string {
  const list = (path: Path) =>
    nodes
      .filter((node) => node.path === path)
      .map(label)
      .join(', ')
  const parts = [
    `Unit ${unit.name}.`,
    list('shared') && `Before the paths part: ${list('shared')}.`,
    `Residual path: ${list('residual')}.`,
    `Shortcut: ${list('shortcut') || (list('join') ? 'the input as it is' : 'none')}.`,
    list('gate') && `Gate: ${list('gate')}.`,
    list('after') && `After the addition: ${list('after')}.`,
  ]
  return parts.filter(Boolean).join(' ')
}

/** A residual unit as a figure, drawn from the plan that trains. */
export function UnitDiagram({ network, unit }: { network: NetworkPlan; unit: UnitPlan }) {
  const nodes = network.nodes.filter((node) => node.unit === unit.name)
  const { boxes, fork, join, height } = layOut(nodes)
  const gated = boxes.some(({ node }) => node.path === 'gate')
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${height}`}
      role="img"
      aria-label={inWords(nodes, unit)}
      style={{ width: '100%', maxHeight: 520, marginTop: 12, display: 'block' }}
    >
      <defs>
        <marker
          id="arrow"
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="7"
          markerHeight="7"
          orient="auto"
        >
          <path d="M0 0.5L7.5 4L0 7.5z" fill="var(--muted)" />
        </marker>
      </defs>
      <g fill="none" stroke="var(--muted)" strokeWidth="1.6">
        <path d={`M${CENTRE} 6V${height - 4}`} markerEnd="url(#arrow)" />
        {join && (
          <path
            d={`M${CENTRE} ${fork + 2}H${SHORTCUT - 10}Q${SHORTCUT} ${fork + 2} ${SHORTCUT} ${fork + 12}V${join.y - 10}Q${SHORTCUT} ${join.y} ${SHORTCUT - 10} ${join.y}H${CENTRE + JOIN_RADIUS + 1}`}
            markerEnd="url(#arrow)"
          />
        )}
        {join && gated && (
          <path
            d={`M${GATE} ${fork + 2}V${join.y - 2}`}
            markerEnd="url(#arrow)"
            strokeDasharray="4 3"
          />
        )}
      </g>
      <g fontSize="13" fill="var(--muted)">
        <text x={CENTRE + 10} y={18}>
          x
        </text>
        {join && (
          <text x={SHORTCUT - 8} y={fork - 6} textAnchor="end">
            h(x)
          </text>
        )}
        <text x={CENTRE + 10} y={height - 8}>
          x′
        </text>
      </g>
      {boxes.map((box) => (
        <BoxFigure key={box.node.id} {...box} />
      ))}
      {join && (
        <g>
          <circle
            cx={CENTRE}
            cy={join.y}
            r={JOIN_RADIUS}
            fill="var(--surface)"
            stroke="var(--ink)"
            strokeWidth="1.6"
          />
          <path
            d={`M${CENTRE - 6} ${join.y}h12M${CENTRE} ${join.y - 6}v12`}
            stroke="var(--ink)"
            strokeWidth="1.6"
          />
          <text x={CENTRE + 24} y={join.y + 18} fontSize="12" fill="var(--muted)">
            {joinNote(join.node.layer)}
          </text>
        </g>
      )}
    </svg>
  )
}

function BoxFigure({ node, x, y }: Box) {
  const narrow = node.path === 'gate' || node.path === 'shortcut'
  const width = narrow ? 122 : BOX.width
  const colour = colourOf(node.layer)
  const strided = strideOf(node.layer) > 1
  return (
    <g>
      <rect
        x={x - width / 2}
        y={y}
        width={width}
        height={BOX.height}
        rx={7}
        fill={`var(--${colour})`}
        stroke={`var(--${colour}-line)`}
        strokeWidth={strided ? 2.4 : 1}
      />
      <text
        x={x}
        y={y + BOX.height / 2 + 4.5}
        textAnchor="middle"
        fontSize="13"
        fontWeight={strided ? 700 : 500}
        fill="var(--ink)"
      >
        {label(node)}
      </text>
    </g>
  )
}
