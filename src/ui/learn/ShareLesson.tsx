import { Button } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconCode, IconPrinter } from '@tabler/icons-react'
import { useLocale, useTranslations } from 'use-intl'
import { CopyLink } from '../CopyLink'
import { VISIT } from '../Unless'
import { ALL } from './step-names'

/** Links to this step: to copy, to put into another page, and to print the lesson. */
export function ShareLesson({ name, step, title }: { name: string; step: string; title: string }) {
  const t = useTranslations('learn')
  const hash = `#learn/${name}/${step}`
  if (VISIT.embed) {
    const { origin, pathname } = window.location
    return (
      <div className="share">
        <a href={`${origin}${pathname}${hash}`} target="_blank" rel="noreferrer">
          {t('openFull')}
        </a>
      </div>
    )
  }
  return (
    <div className="share">
      <CopyLink hash={hash} />
      <CopyEmbed hash={hash} title={title} />
      <Button
        component="a"
        variant="default"
        size="xs"
        href={`#learn/${name}/${ALL}`}
        leftSection={<IconPrinter size={16} />}
      >
        {t('print')}
      </Button>
    </div>
  )
}

/** The HTML that shows this step in another page, in the language that it is read in. */
function embedCode(hash: string, title: string, language: string): string {
  const { origin, pathname } = window.location
  const url = `${origin}${pathname}?embed&amp;lang=${language}${hash}`
  const label = title.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
  return `<iframe src="${url}" title="${label}" width="100%" height="800" loading="lazy"></iframe>`
}

function CopyEmbed({ hash, title }: { hash: string; title: string }) {
  const t = useTranslations('learn')
  const { copied, copy, error } = useClipboard({ timeout: 3000 })
  const code = embedCode(hash, title, useLocale())
  return (
    <>
      <Button
        variant="default"
        size="xs"
        leftSection={copied ? <IconCheck size={16} /> : <IconCode size={16} />}
        onClick={() => copy(code)}
      >
        <span aria-live="polite">{copied ? t('embedCopied') : t('copyEmbed')}</span>
      </Button>
      {error && (
        <label className="link-text">
          {t('embedRefused')}
          <input readOnly value={code} onFocus={(event) => event.currentTarget.select()} />
        </label>
      )}
    </>
  )
}
