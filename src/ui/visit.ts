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

/** What a notice can name: so many wishes, and so much of each. */
const [MOST_WISHES, LONGEST_WISH] = [8, 40]

const isPart = (name: string): name is PagePart => (PARTS as readonly string[]).includes(name)

/** Reads `embed`, `hide=controls,settings` and `lang` of a URL's query. */
export function visitOf(search: string): Visit {
  const parameters = new URLSearchParams(search)
  const names = parameters
    .getAll('hide')
    .flatMap((list) => list.split(','))
    .map((name) => name.trim())
    .filter(Boolean)
  const strangers = [...new Set(names)].filter((name) => !isPart(name)).slice(0, MOST_WISHES)
  const language = parameters.get('lang')
  const spoken = LANGUAGES.some((known) => known === language?.toLowerCase().split('-')[0])
  return {
    embed: parameters.has('embed'),
    hidden: new Set(names.filter(isPart)),
    unknown: [
      ...strangers.map((name) => ({
        ...{ parameter: 'hide' as const, known: PARTS },
        value: name.slice(0, LONGEST_WISH),
      })),
      ...(language === null || spoken
        ? []
        : [
            {
              ...{ parameter: 'lang' as const, known: LANGUAGES },
              value: language.slice(0, LONGEST_WISH),
            },
          ]),
    ],
  }
}
