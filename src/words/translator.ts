import { createTranslator } from 'use-intl/core'
import type { Catalogue } from './catalogue'
import type en from './en'
import type { Language } from './language'

/** A language and its messages. */
export interface Words {
  language: Language
  messages: Catalogue
  /** Puts the text of a fault, which the code gives in English, into the language. */
  fault(english: string): string
}

/** A message of one place by its name, outside React. */
export function translator<P extends keyof typeof en>({ language, messages }: Words, place: P) {
  return createTranslator({
    locale: language,
    messages: messages as typeof en,
    namespace: place,
  })
}
