import { VisuallyHidden } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl'
import { equations } from '../models/equation'
import type { NetworkPlan, UnitPlan } from '../models/plan'
import { pytorchUnit } from '../models/pytorch'
import { useLayerName } from './layer-words'
import { Parts } from './Parts'
import { UnitCode } from './UnitCode'
import { UnitDiagram } from './UnitDiagram'
import { UnitEquations } from './UnitEquations'

interface Props {
  network: NetworkPlan
  unit: UnitPlan
  /** Laid over the diagram, in its SVG. */
  children?: ReactNode
}

/** A unit as diagram, equations and code; a part that is pointed at lights up in all three. */
export function UnitPictures({ network, unit, children }: Props) {
  const t = useTranslations('unit')
  const layerName = useLayerName()
  const [lit, setLit] = useState<readonly string[]>([])
  const pointing = { lit, onPoint: setLit }
  const named = network.nodes
    .filter(({ id }) => lit.includes(id))
    .map(({ layer, output }) => layerName(layer, output.channels))
  if (lit.includes(`${unit.name}.shortcut`)) named.push('h(x) = x')
  return (
    <>
      <Parts label={t('diagram')} {...pointing}>
        <UnitDiagram network={network} unit={unit}>
          {children}
        </UnitDiagram>
      </Parts>
      <UnitEquations lines={equations(network, unit)} {...pointing} />
      <UnitCode lines={pytorchUnit(network, unit)} {...pointing} />
      <VisuallyHidden role="status">{named.join(', ')}</VisuallyHidden>
    </>
  )
}
