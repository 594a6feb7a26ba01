import { SegmentedControl } from '@mantine/core'
import { Suspense, useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { plan } from '../models/plan'
import type { ModelSpec } from '../models/spec'
import { useBench, useBenchState } from './bench-context'
import { CountsPanel } from './CountsPanel'
import { CompareMenu } from './compare/CompareMenu'
import { useEdges } from './meter/use-edges'
import { part } from './part'
import { UnitPictures } from './UnitPictures'
import { UnitSwitch } from './UnitSwitch'
import { UnitVariants } from './UnitVariants'
import { useShownUnit } from './use-shown-unit'

const EdgeControls = part(() => import('./meter/EdgeControls'))
const EdgeValues = part(() => import('./meter/EdgeValues'))

/** The switch between units, with the diagram, equations and counts of the net that it makes. */
export function UnitPanel() {
  const t = useTranslations('unit')
  const bench = useBench()
  const model = useBenchState((state) => state.draft.model)
  const change = (model: ModelSpec) => bench.edit((run) => ({ ...run, model }))
  const network = useMemo(() => plan(model), [model])
  const edges = useEdges(model)
  const { plain, shaped, choose, ...shown } = useShownUnit(network)
  const unit = network.units.find(({ name }) => name === edges.chosen) ?? shown.unit
  const readings = edges.units && { edges, units: edges.units, shown: unit.name }
  return (
    <section className="panel" aria-label={t('heading')}>
      <div className="panel-head">
        <h2>{t('heading')}</h2>
        <CompareMenu />
      </div>
      <UnitSwitch model={model} onChange={change} />
      <details className="variants">
        <summary>{t('more')}</summary>
        <UnitVariants model={model} onChange={change} />
      </details>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={t('shown')}
        data={[
          { value: 'plain', label: t('same'), disabled: !plain },
          { value: 'changing', label: t('changes'), disabled: !shaped },
        ]}
        value={unit.changesShape ? 'changing' : 'plain'}
        onChange={(value) => {
          choose(value === 'changing')
          edges.view.setUnit(undefined)
        }}
      />
      {readings && (
        <Suspense>
          <EdgeControls {...readings} />
        </Suspense>
      )}
      <UnitPictures network={network} unit={unit}>
        {readings && (
          <Suspense>
            <EdgeValues {...readings} network={network} />
          </Suspense>
        )}
      </UnitPictures>
      <CountsPanel network={network} />
    </section>
  )
}
