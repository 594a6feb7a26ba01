/** The languages of the page, by their tags. */
export const LANGUAGES = ['en', 'zh'] as const
export type Language = (typeof LANGUAGES)[number]

/** What a language calls itself. */
export const LANGUAGE_NAME: Record<Language, string> = { en: 'English', zh: '简体中文' }

/** As documents name them (BCP 47). */
export const LANGUAGE_TAG: Record<Language, string> = { en: 'en', zh: 'zh-Hans' }

const asLanguage = (tag: string | null | undefined): Language | undefined =>
  LANGUAGES.find((language) => language === tag?.toLowerCase().split('-')[0])

/**
 * The language of a visit: what the URL asks for by `lang`, else what was chosen before, else the
 * first of the browser's that is there, else English.
 */
export function languageOf({
  search,
  kept,
  preferred,
}: {
  search: string
  kept: string | null
  preferred: readonly string[]
}): Language {
  const wanted = [new URLSearchParams(search).get('lang'), kept, ...preferred]
  return wanted.map(asLanguage).find((language) => language !== undefined) ?? 'en'
}
