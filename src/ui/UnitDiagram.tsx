import { type ReactNode, useId } from 'react'
import { useTranslations } from 'use-intl'
import { shortcutParts } from '../models/parts'
import type { Layer, MapShape, NetworkPlan, Path, PlanNode, UnitPlan } from '../models/plan'
import { type LayerName, useLayerName } from './layer-words'
import { BOX_HEIGHT, type Box, type Drawing, JOIN_RADIUS, layOut } from './unit-layout'

/** The colour that a layer has in figures. */
export function colourOf(layer: Layer): string {
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

function label({ layer, output }: PlanNode, layerName: LayerName): string {
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

/** The drawing in words. */
function useWords(nodes: readonly PlanNode[], unit: UnitPlan): string {
  const t = useTranslations('unit.inWords')
  const layerName = useLayerName()
  const on = (path: Path) => nodes.filter((node) => node.path === path)
  const list = (path: 'shared' | 'residual' | 'shortcut' | 'gate' | 'after') => {
    const layers = on(path).map((node) => label(node, layerName))
    return layers.length > 0 ? [t(path, { layers: layers.join(', ') })] : []
  }
  const asItIs = t(on('join').length > 0 ? 'identity' : 'plain')
  return [
    t('unit', { name: unit.name }),
    ...list('shared'),
    ...list('residual'),
    ...(on('shortcut').length > 0 ? list('shortcut') : [asItIs]),
    ...list('gate'),
    ...list('after'),
  ].join(' ')
}

function shapeOf({ nodes }: NetworkPlan, id: string): MapShape {
  return nodes.find((node) => node.id === id)!.output
}

interface Props {
  network: NetworkPlan
  unit: UnitPlan
  /** Laid over the drawing. */
  children?: ReactNode
}

/** A residual unit as a figure, drawn from the plan that trains. */
export function UnitDiagram({ network, unit, children }: Props) {
  const nodes = network.nodes.filter((node) => node.unit === unit.name)
  const drawing = layOut(nodes)
  const arrow = useId()
  const words = useWords(nodes, unit)
  const { width, height, boxes, residualX, join } = drawing
  return (
    <svg className="diagram" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={words}>
      <defs>
        <marker
          id={arrow}
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
      <Lines {...drawing} arrow={arrow} shortcut={shortcutParts(nodes, unit)} />
      <MapLabel x={residualX + 10} y={16} index="l" shape={shapeOf(network, unit.input)} />
      <MapLabel
        x={residualX + 10}
        y={height - 6}
        index="l+1"
        shape={shapeOf(network, unit.output)}
      />
      <ResidualBracket {...drawing} />
      {boxes.map((box) => (
        <BoxFigure key={box.node.id} {...box} />
      ))}
      {join && <Join x={residualX} {...join} />}
      {children}
    </svg>
  )
}

interface LinesProps extends Drawing {
  /** Id of the arrowhead. */
  arrow: string
  /** The parts that stand on the shortcut. */
  shortcut: readonly string[]
}

/** The paths themselves, with arrowheads where they end. */
function Lines({ height, residualX, shortcutX, gateX, fork, join, arrow, shortcut }: LinesProps) {
  const parting = fork + 4
  const corner = 12
  const past = [
    `M${residualX} ${parting}H${shortcutX - corner}`,
    `Q${shortcutX} ${parting} ${shortcutX} ${parting + corner}`,
  ]
  if (join) past.push(`V${join.y - corner}`)
  if (join) past.push(`Q${shortcutX} ${join.y} ${shortcutX - corner} ${join.y}`)
  const end = `url(#${arrow})`
  return (
    <g fill="none" stroke="var(--muted)" strokeWidth="1.6">
      <path d={`M${residualX} 4V${height - 4}`} markerEnd={end} />
      {join && gateX !== undefined && (
        <>
          <path d={`M${gateX} ${parting}V${join.y - 2}`} markerEnd={end} strokeDasharray="4 3" />
          <Italic x={gateX + 8} y={join.y - 8}>
            g
          </Italic>
        </>
      )}
      {join && (
        <g data-part={shortcut.join(' ')}>
          <path className="reach" d={past.join('')} />
          <path d={`${past.join('')}H${residualX + JOIN_RADIUS + 1}`} markerEnd={end} />
          <Italic x={shortcutX - 6} y={parting - 7} anchor="end">
            h(x)
          </Italic>
        </g>
      )}
    </g>
  )
}

function Italic(props: { x: number; y: number; anchor?: 'middle' | 'end'; children: ReactNode }) {
  const { x, y, anchor = 'start', children } = props
  return (
    <text className="symbol" stroke="none" x={x} y={y} textAnchor={anchor}>
      {children}
    </text>
  )
}

/** A feature map as x with its index, and its size: height × width × channels. */
function MapLabel(props: { x: number; y: number; index: string; shape: MapShape }) {
  const { x, y, index, shape } = props
  return (
    <>
      <Italic x={x} y={y}>
        x
        <tspan dy={4} fontSize={11}>
          {index}
        </tspan>
      </Italic>
      <text className="map-shape" x={x + 34} y={y}>
        {shape.height} × {shape.width} × {shape.channels}
      </text>
    </>
  )
}

/** What belongs to F, at its left. */
function ResidualBracket({ boxes, residual: { top, bottom } }: Drawing) {
  const middle = (top + bottom) / 2
  const parts = boxes.filter(({ node }) => node.path === 'residual').map(({ node }) => node.id)
  return (
    <g data-part={parts.join(' ')}>
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
    </g>
  )
}

function Join({ x, y, node }: { x: number; y: number; node: PlanNode }) {
  return (
    <g data-part={node.id} stroke="var(--ink)" strokeWidth="1.6">
      <circle cx={x} cy={y} r={JOIN_RADIUS} fill="var(--surface)" />
      <path d={`M${x - 6} ${y}h12M${x} ${y - 6}v12`} />
      <text className="map-shape" stroke="none" x={x + 22} y={y + 20}>
        {joinNote(node.layer)}
      </text>
    </g>
  )
}

/** A layer; one with a stride has the heavier frame. */
function BoxFigure({ node, x, y, width }: Box) {
  const layerName = useLayerName()
  const colour = colourOf(node.layer)
  const strided = strideOf(node.layer) > 1
  return (
    <g data-part={node.id}>
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
        {label(node, layerName)}
      </text>
    </g>
  )
}
