import { ActionIcon, Menu } from '@mantine/core'
import { IconLanguage } from '@tabler/icons-react'
import { useLocale, useTranslations } from 'use-intl'
import { LANGUAGE_NAME, LANGUAGE_TAG, LANGUAGES } from '../words/language'
import { useLanguage } from './words-context'

/** Takes another language; a run that trains goes on. */
export function LanguageMenu() {
  const { choose } = useLanguage()
  const here = useLocale()
  const t = useTranslations('shell')
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('language')}>
          <IconLanguage size={20} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {LANGUAGES.map((language) => (
          <Menu.Item
            key={language}
            lang={LANGUAGE_TAG[language]}
            fw={language === here ? 600 : undefined}
            aria-current={language === here || undefined}
            onClick={() => choose(language)}
          >
            {LANGUAGE_NAME[language]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
