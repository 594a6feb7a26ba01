import { useTranslations } from 'use-intl'
import type { NetworkPlan, PlanNode } from '../../models/plan'
import type { Frame } from '../../store/slow-frames'
import { colourOf } from '../UnitDiagram'

interface ChainProps {
  network: NetworkPlan
  frame: Frame
  onChoose: (id: string) => void
}

/**
 * The net as a chain of its units, a square a node, with the play head on one of them. What it
 * shows stands in words below, and the slider leads to the same places.
 */
export function NetChain({ network, frame, onChoose }: ChainProps) {
  const groups = new Map<string, PlanNode[]>()
  for (const node of network.nodes) {
    const name = node.unit ?? node.path
    groups.set(name, [...(groups.get(name) ?? []), node])
  }
  const head = 'node' in frame ? frame.node.id : undefined
  const square = ({ id, layer }: PlanNode) => (
    <i
      key={id}
      title={id}
      data-kind={colourOf(layer)}
      data-head={id === head ? frame.pass : undefined}
      onPointerDown={() => onChoose(id)}
    />
  )
  const t = useTranslations('slow')
  return (
    <div className="slow-chain" aria-hidden>
      {Array.from(groups, ([name, nodes]) => (
        <span key={name} className="slow-unit">
          <span>{nodes.map(square)}</span>
          <small>{name}</small>
        </span>
      ))}
      <span className="slow-unit">
        <span>
          <i data-kind="loss" data-head={frame.pass === 'loss' || undefined} />
        </span>
        <small>{t('lossMark')}</small>
      </span>
    </div>
  )
}
