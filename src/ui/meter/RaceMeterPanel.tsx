import { Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import { part } from '../part'

const RaceReadings = part(() => import('./RaceReadings'))

/** The signal meter of a race's lanes, over one another. */
export function RaceMeterPanel() {
  const t = useTranslations('meter')
  const [open, setOpen] = useState(false)
  return (
    <details className="panel" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('title')}</summary>
      {open && (
        <Suspense>
          <RaceReadings />
        </Suspense>
      )}
    </details>
  )
}
