import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Fault } from './Fault'
import { VISIT } from './Unless'

/** What the URL asks for and the page does not know, with what it knows. */
export default function VisitNotice() {
  const t = useTranslations('learn')
  const [closed, setClosed] = useState(false)
  if (closed) return null
  return (
    <Fault title={t('unknownTitle')} onClose={() => setClosed(true)}>
      {VISIT.unknown.map(({ parameter, value, known }) => (
        <p key={`${parameter} ${value}`}>
          {t('unknown', { parameter, value, known: known.join(', ') })}
        </p>
      ))}
    </Fault>
  )
}
