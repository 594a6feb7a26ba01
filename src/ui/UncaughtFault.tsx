import { useTranslations } from 'use-intl'
import { useStore } from 'zustand'
import type { UncaughtFault } from '../store/page-faults'
import { Fault } from './Fault'
import { FaultActions } from './FaultActions'

/** An error of the page that no part of it has shown. */
export function UncaughtFaultNotice({ uncaught }: { uncaught: UncaughtFault }) {
  const fault = useStore(uncaught.store, (state) => state.fault)
  const t = useTranslations('shell.broken')
  if (!fault) return null
  return (
    <Fault title={t('page')} onClose={uncaught.dismiss}>
      {t('goesOn', { message: fault.message })}
      <FaultActions details={fault.details} />
    </Fault>
  )
}
