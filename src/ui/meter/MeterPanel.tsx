import { useTranslations } from 'use-intl'
import { Disclosure } from '../Disclosure'
import { part } from '../part'
import { useMeters } from './meter-context'

const RunReadings = part(() => import('./RunReadings'))

/** The signal meter of the bench's run: what goes through its units, forward and backward. */
export function MeterPanel() {
  const t = useTranslations('meter')
  const { run: meter } = useMeters()
  return (
    <Disclosure summary={t('title')} opened={meter.store.getState().every !== null}>
      <RunReadings />
    </Disclosure>
  )
}
