import { Button } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconLink } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'

/** The URL that opens this page with a run's or a comparison's settings, given as its fragment. */
export function linkTo(hash: string): string {
  return `${window.location.origin}${window.location.pathname}${hash}`
}

/** Copies a URL that opens the page with these settings; where that is refused, it is shown. */
export function CopyLink({ hash, disabled = false }: { hash: string; disabled?: boolean }) {
  const { copied, copy, error } = useClipboard({ timeout: 3000 })
  const link = linkTo(hash)
  const t = useTranslations('shell')
  return (
    <>
      <Button
        variant="default"
        size="xs"
        disabled={disabled}
        leftSection={copied ? <IconCheck size={16} /> : <IconLink size={16} />}
        onClick={() => copy(link)}
      >
        <span aria-live="polite">{copied ? t('linkCopied') : t('copyLink')}</span>
      </Button>
      {error && (
        <label className="link-text">
          {t('notCopied')}
          <input readOnly value={link} onFocus={(event) => event.currentTarget.select()} />
        </label>
      )}
    </>
  )
}
