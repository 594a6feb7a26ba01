import { createContext, type ReactNode, useContext, useEffect } from 'react'
import { IntlProvider } from 'use-intl'
import { useStore } from 'zustand'
import type { LanguageChoice } from '../store/language'
import type en from '../words/en'
import { LANGUAGE_TAG } from '../words/language'

const LanguageContext = createContext<LanguageChoice | null>(null)

/** The page's language, and how to take another. */
export function useLanguage(): LanguageChoice {
  const choice = useContext(LanguageContext)
  if (!choice) throw new Error('useLanguage needs a WordsProvider around it')
  return choice
}

/** Gives everything below it the messages of the chosen language. */
export function WordsProvider({
  choice,
  children,
}: {
  choice: LanguageChoice
  children: ReactNode
}) {
  const { language, messages } = useStore(choice.store)
  useEffect(() => {
    document.documentElement.lang = LANGUAGE_TAG[language]
  }, [language])
  return (
    <LanguageContext value={choice}>
      <IntlProvider
        locale={language}
        messages={messages as typeof en}
        timeZone={Intl.DateTimeFormat().resolvedOptions().timeZone}
      >
        {children}
      </IntlProvider>
    </LanguageContext>
  )
}
