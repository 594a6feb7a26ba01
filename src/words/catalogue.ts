import type en from './en'
import { type Faults, faultTranslator } from './faults'
import type { Language } from './language'
import type { Words } from './translator'

/** Messages of the same names, in any words. */
type Texts<T> = { readonly [K in keyof T]: T[K] extends string ? string : Texts<T[K]> }

/** All messages of a language, by place (ICU message format). English says which there are. */
export type Catalogue = Texts<typeof en>

/** Each language is a chunk of its own. */
const CATALOGUES: Record<Language, () => Promise<{ default: Catalogue; faults?: Faults }>> = {
  en: () => import('./en'),
  zh: () => import('./zh'),
}

/** Loads a language; faults are English where it does not name its own. */
export async function loadWords(language: Language): Promise<Words> {
  const { default: messages, faults = {} } = await CATALOGUES[language]()
  return { language, messages, fault: faultTranslator(faults) }
}
