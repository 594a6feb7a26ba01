import { Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import { part } from './part'

const StepsRows = part(() => import('./StepsRows'))

/** The figures behind the curves as a table, to read, to copy, and for screen readers. */
export function StepsTable() {
  const t = useTranslations('curves')
  const [open, setOpen] = useState(false)
  return (
    <details className="panel" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('steps.summary')}</summary>
      <Suspense>{open && <StepsRows />}</Suspense>
    </details>
  )
}
