import { type ComponentProps, Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import { part } from '../part'
import type Rows from './CurveRows'
import { useCurveWords } from './use-curve-words'

const CurveRows = part(() => import('./CurveRows'))

/** The figures of a chart as a table: what is seen of it, at twenty places. */
export function CurveTable(props: ComponentProps<typeof Rows>) {
  const t = useTranslations('curves')
  const { quantity } = useCurveWords()
  const [open, setOpen] = useState(false)
  return (
    <details className="curve-table" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('table.summary', { quantity: quantity(props.quantity) })}</summary>
      <Suspense>{open && <CurveRows {...props} />}</Suspense>
    </details>
  )
}
