import { Button } from '@mantine/core'
import { IconColumns3 } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import type { DataConfig } from '../../run/config'
import { LABS, type LabRow, type LabTable, labComparison } from '../../run/labs'
import { useRace } from '../compare/race-context'
import { LabCard } from './LabCard'

interface TableProps {
  table: LabTable
  pictures: DataConfig['name']
}

/** A table of the paper as a grid of its cells. */
export function LabTableSection({ table, pictures }: TableProps) {
  const t = useTranslations('labs')
  return (
    <section aria-labelledby={`labs-${table}`}>
      <h2 id={`labs-${table}`} className="labs-table">
        {t(`table.${table}.title`)}
      </h2>
      <p className="labs-about">{t(`table.${table}.about`)}</p>
      <div className="labs-rows">
        {LABS[table].map((row) => (
          <Row key={row.id} table={table} row={row} pictures={pictures} />
        ))}
      </div>
    </section>
  )
}

function Row({ table, row, pictures }: TableProps & { row: LabRow }) {
  const t = useTranslations('labs')
  const race = useRace()
  const rivals = table === 'orders' || row.id !== 'clean'
  const compare = () => {
    race.replace(labComparison(row, pictures, ({ unit }) => t(`unit.${unit}.name`)))
    window.location.hash = '#compare'
  }
  return (
    <section className="labs-row" aria-label={t(`row.${row.id}`)}>
      <div className="labs-row-head">
        <h3>{t(`row.${row.id}`)}</h3>
        {rivals && (
          <Button
            size="compact-sm"
            variant="light"
            leftSection={<IconColumns3 size={16} />}
            aria-label={t('sideBySideOf', { row: t(`row.${row.id}`) })}
            onClick={compare}
          >
            {t('sideBySide')}
          </Button>
        )}
      </div>
      <ul className="labs-cells">
        {row.cells.map((cell) => (
          <li key={cell.id}>
            <LabCard table={table} cell={cell} pictures={pictures} />
          </li>
        ))}
      </ul>
    </section>
  )
}
