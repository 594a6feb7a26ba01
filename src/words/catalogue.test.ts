import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser'
import { describe, expect, test } from 'vitest'
import en from './en'
import { LANGUAGES } from './language'
import zh from './zh'

interface Tree {
  readonly [name: string]: string | Tree
}

const CATALOGUES: Record<(typeof LANGUAGES)[number], Tree> = { en, zh }

/** Every message by its path, "shell.place.train". */
function messages(tree: Tree, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([name, text]) =>
    typeof text === 'string'
      ? [[path + name, text] as [string, string]]
      : messages(text, `${path}${name}.`),
  )
}

/** The arguments and tags of a message, with their kind. */
function slots(elements: readonly MessageFormatElement[]): string[] {
  return elements.flatMap((element) => {
    switch (element.type) {
      case TYPE.literal:
      case TYPE.pound:
        return []
      case TYPE.tag:
        return [`<${element.value}>`, ...slots(element.children)]
      case TYPE.select:
      case TYPE.plural:
        return [
          element.value,
          ...Object.values(element.options).flatMap((option) => slots(option.value)),
        ]
      default:
        return [element.value]
    }
  })
}

const slotsOf = (text: string) => [...new Set(slots(parse(text)))].sort()

describe.each(LANGUAGES.filter((language) => language !== 'en'))('%s', (language) => {
  const [english, own] = [new Map(messages(en)), new Map(messages(CATALOGUES[language]))]

  test('has the messages that English has', () => {
    expect([...own.keys()].sort()).toEqual([...english.keys()].sort())
  })

  test.each([...english])('%s takes the same arguments', (path, text) => {
    expect(slotsOf(own.get(path)!)).toEqual(slotsOf(text))
  })
})
