import type en from './en'
import { type Faults, faultTranslator } from './faults'
import type { Language } from './language'
import type { Words } from './translator'

/** Messages of the same names, in any words. */
type Texts<T> = { readonly [K in keyof T]: T[K] extends string ? string : Texts<T[K]> }

/** All messages of a language, by place (ICU message format). English says which there are. */
export type Catalogue = Texts<typeof en>

/** Each language is a chunk of its own. */
const CATALOGUES: Record<Language, () => Promise<{ default: Catalogue }>> = {
  en: () => import('./en'),
  zh: () => import('./zh'),
}

/** Faults of the languages in which the code does not tell them. */
const FAULTS: Partial<Record<Language, () => Promise<{ faults: Faults }>>> = {
  zh: () => import('./zh/faults'),
}

/** Loads a language's messages; its faults are in English until `loadFaults` has theirs. */
export async function loadWords(language: Language): Promise<Words> {
  const { default: messages } = await CATALOGUES[language]()
  return { language, messages, fault: (english) => english }
}

/** What puts a fault into a language. */
export async function loadFaults(language: Language): Promise<Pick<Words, 'fault'>> {
  const loaded = await FAULTS[language]?.()
  return { fault: faultTranslator(loaded?.faults ?? {}) }
}
