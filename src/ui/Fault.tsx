import { Alert } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'

/** What went wrong, and what to do about it; with `onClose`, it can be put away. */
export function Fault(props: { title: string; children: ReactNode; onClose?: () => void }) {
  const { title, children, onClose } = props
  const t = useTranslations('shell')
  return (
    <Alert
      className="fault"
      variant="outline"
      color="red"
      icon={<IconAlertTriangle />}
      title={title}
      role="alert"
      {...(onClose ? { withCloseButton: true, closeButtonLabel: t('close'), onClose } : {})}
    >
      {children}
    </Alert>
  )
}
