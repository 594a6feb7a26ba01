import { ActionIcon } from '@mantine/core'
import { IconLanguage } from '@tabler/icons-react'
import { useLocale, useTranslations } from 'use-intl'
import { LANGUAGE_NAME, LANGUAGE_TAG, LANGUAGES } from '../words/language'
import { MenuButton } from './MenuButton'
import { useLanguage } from './words-context'

/** Takes another language; a run that trains goes on. */
export function LanguageMenu() {
  const { choose } = useLanguage()
  const here = useLocale()
  const t = useTranslations('shell')
  return (
    <MenuButton
      button={
        <ActionIcon variant="subtle" color="gray" title={t('language')} aria-label={t('language')}>
          <IconLanguage size={20} />
        </ActionIcon>
      }
      entries={LANGUAGES.map((language) => ({
        label: LANGUAGE_NAME[language],
        lang: LANGUAGE_TAG[language],
        current: language === here,
        onClick: () => choose(language),
      }))}
    />
  )
}
