/** Faults in a language: their English text, with names in braces for what changes, and its own. */
export type Faults = Readonly<Record<string, string>>

interface Form {
  /** The English text, with a group for each name. */
  english: RegExp
  names: readonly string[]
  own: string
  /** Letters of English; a form without any only joins texts. */
  letters: number
}

const NAME = /\{(\w+)\}/
const STOP = /[.。]$/

/** A text without the full stop that some places add to it. */
const withoutStop = (text: string) => text.replace(STOP, '')

function formOf([english, own]: [string, string]): Form {
  // Every second part is a name.
  const parts = withoutStop(english).split(NAME)
  const source = parts.map((part, i) => (i % 2 ? value(parts[i - 1]!) : literal(part, i === 0)))
  return {
    english: new RegExp(`^${source.join('')}$`, 's'),
    names: parts.filter((_, i) => i % 2),
    own: withoutStop(own),
    letters: english.replace(/\{\w+\}|[^a-z]/gi, '').length,
  }
}

/** What a name stands for; in quotes or brackets it ends where they do. */
function value(before: string): string {
  if (before.endsWith('"')) return '([^"]+)'
  return before.endsWith('[') ? '([^\\]]*)' : '(.+?)'
}

/** A literal part of a regular expression; some places write a text's first letter as a capital. */
function literal(part: string, first: boolean): string {
  const escaped = part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
  const [letter = ''] = part
  if (!first || !/[a-z]/i.test(letter)) return escaped
  return `[${letter.toUpperCase()}${letter.toLowerCase()}]${escaped.slice(1)}`
}

/**
 * Puts the text of a fault into another language. Faults are made in code that the command line
 * runs too, and reach the page through a worker, a server, a file or the browser's storage: always
 * as English text. It is known by its form, the one with the most letters first; what its names
 * stand for may be a fault again. What has no form, such as a browser's own message, stays.
 */
export function faultTranslator(faults: Faults): (english: string) => string {
  const forms = Object.entries(faults)
    .map(formOf)
    .sort((a, b) => b.letters - a.letters)

  function translate(text: string): string {
    const whole = withoutStop(text)
    for (const { english, names, own, letters } of forms) {
      const found = english.exec(whole)
      if (!found) continue
      const values = found.slice(1).map(translate)
      if (letters === 0 && values.every((value, i) => value === found[i + 1])) continue
      const said = own.replace(/\{(\w+)\}/g, (_, name) => values[names.indexOf(name)]!)
      return whole === text ? said : `${said}。`
    }
    return text
  }
  return translate
}
