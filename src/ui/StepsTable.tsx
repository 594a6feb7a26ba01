import { useTranslations } from 'use-intl'
import { Disclosure } from './Disclosure'
import { part } from './part'

const StepsRows = part(() => import('./StepsRows'))

/** The figures behind the curves as a table, to read, to copy, and for screen readers. */
export function StepsTable() {
  const t = useTranslations('curves')
  return (
    <Disclosure summary={t('steps.summary')}>
      <StepsRows />
    </Disclosure>
  )
}
