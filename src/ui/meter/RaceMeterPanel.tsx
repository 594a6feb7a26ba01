import { useTranslations } from 'use-intl'
import { Disclosure } from '../Disclosure'
import { part } from '../part'

const RaceReadings = part(() => import('./RaceReadings'))

/** The signal meter of a race's lanes, over one another. */
export function RaceMeterPanel() {
  const t = useTranslations('meter')
  return (
    <Disclosure summary={t('title')}>
      <RaceReadings />
    </Disclosure>
  )
}
