import { Button } from '@mantine/core'
import { IconCode, IconPrinter } from '@tabler/icons-react'
import { useLocale, useTranslations } from 'use-intl'
import { CopyLink, linkTo } from '../CopyLink'
import { CopyText } from '../CopyText'
import { VISIT } from '../Unless'
import { ALL } from './step-names'

/** Links to this step: to copy, to put into another page, and to print the lesson. */
export function ShareLesson({ name, step, title }: { name: string; step: string; title: string }) {
  const t = useTranslations('learn')
  const hash = `#learn/${name}/${step}`
  if (VISIT.embed) {
    return (
      <div className="share">
        <a href={linkTo(hash)} target="_blank" rel="noreferrer">
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
  return (
    <CopyText
      text={embedCode(hash, title, useLocale())}
      icon={<IconCode size={16} />}
      label={t('copyEmbed')}
      copiedLabel={t('embedCopied')}
      refused={t('embedRefused')}
    />
  )
}
