import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { DataConfig } from '../../run/config'
import { LAB_TABLES } from '../../run/labs'
import { useBenchState } from '../bench-context'
import { PlaceHeading } from '../PlaceHeading'
import { LabTableSection } from './LabTableSection'
import './labs.css'

/** The papers' two tables of units, each cell to be trained here in a small size. */
export default function LabsPage() {
  const t = useTranslations('labs')
  const here = useBenchState(({ data }) => data.state === 'ready')
  const [chosen, setChosen] = useState<DataConfig['name']>()
  const pictures = chosen ?? (here ? 'cifar10' : 'shapes10')
  return (
    <main className="place labs">
      <PlaceHeading>{t('title')}</PlaceHeading>
      <p className="labs-about">{t('about')}</p>
      <div className="labs-pictures">
        <span className="field-label" aria-hidden>
          {t('pictures')}
        </span>
        <SegmentedControl
          size="xs"
          aria-label={t('pictures')}
          data={[
            { value: 'shapes10', label: t('builtIn') },
            { value: 'cifar10', label: 'CIFAR-10', disabled: !here },
          ]}
          value={pictures}
          onChange={(value) => setChosen(value as DataConfig['name'])}
        />
        {!here && <span className="panel-note">{t('getCifar')}</span>}
      </div>
      {LAB_TABLES.map((table) => (
        <LabTableSection key={table} table={table} pictures={pictures} />
      ))}
    </main>
  )
}
