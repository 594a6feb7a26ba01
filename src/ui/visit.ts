import { LANGUAGES } from '../words/language'

/** Parts of the page that a URL can leave out. */
export const PARTS = [
  ...([
    'controls',
    'curves',
    'unit',
    'counts',
    'meter',
    'slow',
    'profile',
    'settings',
    'data',
  ] as const),
  ...(['share', 'lanes', 'presets', 'results', 'steps', 'bench', 'paper'] as const),
] as const
export type PagePart = (typeof PARTS)[number]

/** Something that the URL asks for and this page does not know. */
export interface UnknownWish {
  parameter: 'hide' | 'lang'
  value: string
  known: readonly string[]
}

/** How the URL's parameters want the page to look. */
export interface Visit {
  /** Without head and ways to other places, for a frame in another page. */
  embed: boolean
  hidden: ReadonlySet<PagePart>
  unknown: readonly UnknownWish[]
}

const isPart = (name: string): name is PagePart => (PARTS as readonly string[]).includes(name)

/** Reads `embed`, `hide=controls,settings` and `lang` of a URL's query. */
export function visitOf(search: string): Visit {
  const parameters = new URLSearchParams(search)
  const names = parameters
    .getAll('hide')
    .flatMap((list) => list.split(','))
    .map((name) => name.trim())
    .filter(Boolean)
  const language = parameters.get('lang')
  const spoken = LANGUAGES.some((known) => known === language?.toLowerCase().split('-')[0])
  return {
    embed: parameters.has('embed'),
    hidden: new Set(names.filter(isPart)),
    unknown: [
      ...names
        .filter((name) => !isPart(name))
        .map((value) => ({ parameter: 'hide' as const, value, known: PARTS })),
      ...(language === null || spoken
        ? []
        : [{ parameter: 'lang' as const, value: language, known: LANGUAGES }]),
    ],
  }
}
