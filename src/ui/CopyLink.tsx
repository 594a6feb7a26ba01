import { IconLink } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import { CopyText } from './CopyText'

/** The URL that opens this page with a run's or a comparison's settings, given as its fragment. */
export function linkTo(hash: string): string {
  return `${window.location.origin}${window.location.pathname}${hash}`
}

/** Copies a URL that opens the page with these settings. */
export function CopyLink({ hash, disabled = false }: { hash: string; disabled?: boolean }) {
  const t = useTranslations('shell')
  return (
    <CopyText
      text={linkTo(hash)}
      icon={<IconLink size={16} />}
      label={t('copyLink')}
      copiedLabel={t('linkCopied')}
      refused={t('notCopied')}
      disabled={disabled}
    />
  )
}
