import { Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import { part } from '../part'
import { useMeters } from './meter-context'

const RunReadings = part(() => import('./RunReadings'))

/** The signal meter of the bench's run: what goes through its units, forward and backward. */
export function MeterPanel() {
  const t = useTranslations('meter')
  const { run: meter } = useMeters()
  const [open, setOpen] = useState(meter.store.getState().every !== null)
  return (
    <details className="panel" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('title')}</summary>
      {open && (
        <Suspense>
          <RunReadings />
        </Suspense>
      )}
    </details>
  )
}
