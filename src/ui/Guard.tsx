import { type ReactNode, useState } from 'react'
import { ErrorBoundary, type FallbackProps } from 'react-error-boundary'
import { useTranslations } from 'use-intl'
import { pageFault } from '../store/page-faults'
import { Fault } from './Fault'
import { FaultActions } from './FaultActions'
import { useFragment } from './place'

/**
 * Keeps a fault in the drawing of its children to itself: it stands in their place with what to do,
 * the rest of the page and the worker's run go on. Another place of the page is a new try.
 */
export function Guard({ children }: { children: ReactNode }) {
  const [componentStack, setComponentStack] = useState<string>()
  const place = useFragment()
  return (
    <ErrorBoundary
      fallbackRender={(fault) => <Broken {...fault} componentStack={componentStack} />}
      onError={(_, info) => setComponentStack(info.componentStack ?? undefined)}
      resetKeys={[place]}
    >
      {children}
    </ErrorBoundary>
  )
}

function Broken(props: FallbackProps & { componentStack: string | undefined }) {
  const { error, resetErrorBoundary, componentStack } = props
  const t = useTranslations('shell.broken')
  const { message, details } = pageFault(error, window, componentStack)
  return (
    <Fault title={t('part')}>
      {t('goesOn', { message })}
      <FaultActions details={details} onRetry={resetErrorBoundary} />
    </Fault>
  )
}
