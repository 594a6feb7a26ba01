import './controls.css'
import { NativeSelect, SegmentedControl } from '@mantine/core'
import { useTranslations } from 'use-intl'
import type { UnitReading } from '../../meter/quantities'
import type { Direction } from './edge-values'
import type { Edges } from './use-edges'

const DIRECTIONS: readonly Direction[] = ['forward', 'backward']

/** Which unit's readings stand on the diagram, and which way they are read. */
export default function EdgeControls(props: {
  edges: Edges
  units: readonly UnitReading[]
  /** The name of the unit that is shown. */
  shown: string
}) {
  const { edges, units, shown } = props
  const { direction, setDirection, view } = edges
  const t = useTranslations('meter.diagram')
  return (
    <div className="edge-controls">
      <NativeSelect
        size="xs"
        aria-label={t('unit')}
        data={units.map(({ name }, i) => ({
          value: name,
          label: t('option', { unit: name, number: String(i + 1), count: String(units.length) }),
        }))}
        value={shown}
        onChange={({ currentTarget }) => view.setUnit(currentTarget.value)}
      />
      <SegmentedControl
        size="xs"
        aria-label={t('direction')}
        data={DIRECTIONS.map((value) => ({ value, label: t(value) }))}
        value={direction}
        onChange={(value) => setDirection(value as Direction)}
      />
      <p className="panel-note">{t(`${direction}Note`)}</p>
    </div>
  )
}
