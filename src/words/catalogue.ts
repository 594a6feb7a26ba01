import type en from './en'
import type { Language } from './language'

/** Messages of the same names, in any words. */
type Texts<T> = { readonly [K in keyof T]: T[K] extends string ? string : Texts<T[K]> }

/** All messages of a language, by place (ICU message format). English says which there are. */
export type Catalogue = Texts<typeof en>

/** Each language is a chunk of its own. */
const CATALOGUES: Record<Language, () => Promise<{ default: Catalogue }>> = {
  en: () => import('./en'),
  zh: () => import('./zh'),
}

export async function loadCatalogue(language: Language): Promise<Catalogue> {
  return (await CATALOGUES[language]()).default
}
