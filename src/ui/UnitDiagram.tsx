import type { ReactNode } from 'react'
import { layerName } from '../models/equation'
import type { Layer, MapShape, NetworkPlan, Path, PlanNode, UnitPlan } from '../models/plan'
import { BOX_HEIGHT, type Box, type Drawing, JOIN_RADIUS, layOut } from './unit-layout'

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

function shapeOf({ nodes }: NetworkPlan, id: string): MapShape {
  return nodes.find((node) => node.id === id)!.output
}

interface UnitDiagramProps {
  network: NetworkPlan
  unit: UnitPlan
  /** Ids of the plan's nodes that are pointed at. */
  lit: readonly string[]
  onPoint: (nodes: readonly string[]) => void
}

/** A residual unit as a figure, drawn from the plan that trains. */
export function UnitDiagram({ network, unit, lit, onPoint }: UnitDiagramProps) {
  const nodes = network.nodes.filter((node) => node.unit === unit.name)
  const drawing = layOut(nodes)
  const { width, height, boxes, residualX, join } = drawing
  return (
    <svg
      className="diagram"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={inWords(nodes, unit)}
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
      <Lines {...drawing} />
      <MapLabel x={residualX + 10} y={16} name="x" shape={shapeOf(network, unit.input)} />
      <MapLabel x={residualX + 10} y={height - 6} name="x′" shape={shapeOf(network, unit.output)} />
      <ResidualBracket {...drawing} />
      {boxes.map((box) => (
        <Lit key={box.node.id} id={box.node.id} lit={lit} onPoint={onPoint}>
          <BoxFigure {...box} />
        </Lit>
      ))}
      {join && (
        <Lit id={join.node.id} lit={lit} onPoint={onPoint}>
          <Join x={residualX} y={join.y} note={joinNote(join.node.layer)} />
        </Lit>
      )}
    </svg>
  )
}

type LitProps = Pick<UnitDiagramProps, 'lit' | 'onPoint'> & { id: string; children: ReactNode }

/** A layer's figure, which lights up with its line of code. */
function Lit({ id, lit, onPoint, children }: LitProps) {
  return (
    <g
      data-lit={lit.includes(id) || undefined}
      onPointerEnter={() => onPoint([id])}
      onPointerLeave={() => onPoint([])}
    >
      {children}
    </g>
  )
}

/** The paths themselves, with arrowheads where they end. */
function Lines({ height, residualX, shortcutX, gateX, fork, join }: Drawing) {
  const parting = fork + 4
  const corner = 12
  return (
    <>
      <g fill="none" stroke="var(--muted)" strokeWidth="1.6">
        <path d={`M${residualX} 4V${height - 4}`} markerEnd="url(#arrow)" />
        {join && (
          <path
            d={[
              `M${residualX} ${parting}H${shortcutX - corner}`,
              `Q${shortcutX} ${parting} ${shortcutX} ${parting + corner}`,
              `V${join.y - corner}`,
              `Q${shortcutX} ${join.y} ${shortcutX - corner} ${join.y}`,
              `H${residualX + JOIN_RADIUS + 1}`,
            ].join('')}
            markerEnd="url(#arrow)"
          />
        )}
        {join && gateX !== undefined && (
          <path
            d={`M${gateX} ${parting}V${join.y - 2}`}
            markerEnd="url(#arrow)"
            strokeDasharray="4 3"
          />
        )}
      </g>
      {join && (
        <Italic x={shortcutX - 6} y={parting - 7} anchor="end">
          h(x)
        </Italic>
      )}
      {join && gateX !== undefined && (
        <Italic x={gateX + 8} y={join.y - 8}>
          g
        </Italic>
      )}
    </>
  )
}

function Italic(props: { x: number; y: number; anchor?: 'middle' | 'end'; children: ReactNode }) {
  const { x, y, anchor = 'start', children } = props
  return (
    <text className="symbol" x={x} y={y} textAnchor={anchor}>
      {children}
    </text>
  )
}

/** A feature map's name and size: height × width × channels. */
function MapLabel(props: { x: number; y: number; name: string; shape: MapShape }) {
  const { x, y, name, shape } = props
  return (
    <>
      <Italic x={x} y={y}>
        {name}
      </Italic>
      <text className="map-shape" x={x + 18} y={y}>
        {shape.height} × {shape.width} × {shape.channels}
      </text>
    </>
  )
}

/** What belongs to F, at its left. */
function ResidualBracket({ residual: { top, bottom } }: Drawing) {
  const middle = (top + bottom) / 2
  return (
    <>
      <path
        d={`M30 ${top}H25V${bottom}H30`}
        fill="none"
        stroke="var(--muted)"
        strokeWidth="1.2"
        opacity="0.7"
      />
      <g transform={`translate(15 ${middle}) rotate(-90)`}>
        <Italic x={0} y={0} anchor="middle">
          F(x)
        </Italic>
      </g>
    </>
  )
}

function Join({ x, y, note }: { x: number; y: number; note: string }) {
  return (
    <g stroke="var(--ink)" strokeWidth="1.6">
      <circle cx={x} cy={y} r={JOIN_RADIUS} fill="var(--surface)" />
      <path d={`M${x - 6} ${y}h12M${x} ${y - 6}v12`} />
      <text className="map-shape" stroke="none" x={x + 22} y={y + 20}>
        {note}
      </text>
    </g>
  )
}

/** A layer; one with a stride has the heavier frame. */
function BoxFigure({ node, x, y, width }: Box) {
  const colour = colourOf(node.layer)
  const strided = strideOf(node.layer) > 1
  return (
    <g>
      <rect
        x={x - width / 2}
        y={y}
        width={width}
        height={BOX_HEIGHT}
        rx={7}
        fill={`var(--${colour})`}
        stroke={`var(--${colour}-line)`}
        strokeWidth={strided ? 2.2 : 1}
      />
      <text
        x={x}
        y={y + BOX_HEIGHT / 2 + 4.5}
        textAnchor="middle"
        fontSize="13"
        fontWeight={strided ? 650 : 500}
        fill="var(--ink)"
      >
        {label(node)}
      </text>
    </g>
  )
}
