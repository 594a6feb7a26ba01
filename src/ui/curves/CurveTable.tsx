import type { ComponentProps } from 'react'
import { useTranslations } from 'use-intl'
import { Disclosure } from '../Disclosure'
import { part } from '../part'
import type Rows from './CurveRows'
import { useCurveWords } from './use-curve-words'

const CurveRows = part(() => import('./CurveRows'))

/** The figures of a chart as a table: what is seen of it, at twenty places. */
export function CurveTable(props: ComponentProps<typeof Rows>) {
  const t = useTranslations('curves')
  const { quantity } = useCurveWords()
  return (
    <Disclosure
      className="curve-table"
      summary={t('table.summary', { quantity: quantity(props.quantity) })}
    >
      <CurveRows {...props} />
    </Disclosure>
  )
}
