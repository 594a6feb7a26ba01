import { ActionIcon } from '@mantine/core'
import { IconLanguage } from '@tabler/icons-react'
import { useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { loadFaults, loadWords } from '../words/catalogue'
import { LANGUAGE_NAME, LANGUAGE_TAG, LANGUAGES, type Language } from '../words/language'
import { MenuButton } from './MenuButton'
import { laterPart } from './part'
import { useLanguage } from './words-context'

// The network may be gone when another language is chosen.
for (const language of LANGUAGES) {
  laterPart(() => Promise.all([loadWords(language), loadFaults(language)]))
}

/** Takes another language; a run that trains goes on. */
export function LanguageMenu() {
  const { choose } = useLanguage()
  const here = useLocale()
  const t = useTranslations('shell')
  const [missing, setMissing] = useState(false)
  const take = (language: Language) => {
    setMissing(false)
    choose(language).catch(() => setMissing(true))
  }
  return (
    <>
      {missing && (
        <span role="alert" className="missing-part">
          {t('missingPart')}
        </span>
      )}
      <MenuButton
        button={
          <ActionIcon
            variant="subtle"
            color="gray"
            title={t('language')}
            aria-label={t('language')}
          >
            <IconLanguage size={20} />
          </ActionIcon>
        }
        entries={LANGUAGES.map((language) => ({
          label: LANGUAGE_NAME[language],
          lang: LANGUAGE_TAG[language],
          current: language === here,
          onClick: () => take(language),
        }))}
      />
    </>
  )
}
