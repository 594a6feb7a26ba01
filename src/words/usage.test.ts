import { expect, test } from 'vitest'
import { filesUnder, read } from '../../test/folders'
import { type Node, syntaxOf, textOf, walk } from '../../test/syntax'
import en from './en'

/** A place that a file opens, and the texts that may name messages there. */
interface Usage {
  place: RegExp
  names: RegExp[]
}

const OPENS = /^(useTranslations|translator)$/
const ANY_NAME = '[\\w-]+'

/** A name, or a template with any name for what it takes in; else any one name. */
function pattern(node: Node | undefined): string {
  const text = node && textOf(node)
  return text === undefined ? ANY_NAME : text.replaceAll('.', '\\.').replaceAll('{}', ANY_NAME)
}

const isName = (text: string) => /^[\w.-]+$/.test(text.replaceAll(ANY_NAME, 'x').replace(/\\/g, ''))

const whole = (text: string) => new RegExp(`^${text}$`)

function usagesOf(file: string): Usage[] {
  /** Places by what their messages are asked of. */
  const places: { asked: string; place: string }[] = []
  const [texts, anything] = [new Set<string>(), new Set<string>()]
  const placeOf = (node: Node | null | undefined) =>
    node?.type === 'CallExpression' && OPENS.test(String((node.callee as Node).name))
      ? pattern((node.arguments as Node[]).at(-1))
      : undefined
  walk(syntaxOf(file), (node) => {
    if (node.type === 'VariableDeclarator') {
      const place = placeOf(node.init as Node)
      if (place) places.push({ asked: String((node.id as Node).name), place })
    }
    if (textOf(node) !== undefined) texts.add(pattern(node))
    if (node.type !== 'CallExpression') return
    const { callee, arguments: given } = node as unknown as { callee: Node; arguments: Node[] }
    const place = placeOf(callee) ?? placeOf(callee.object as Node)
    if (place) places.push({ asked: '', place })
    const known = given[0] && /Literal|Conditional/.test(given[0].type)
    if (!known) anything.add(String(((callee.object as Node) ?? callee).name))
  })
  const names = [...texts].filter(isName)
  return places.map(({ asked, place }) => ({
    place: whole(place),
    names: (anything.has(asked) ? [...names, ANY_NAME] : names).map(whole),
  }))
}

function paths(tree: object, start = ''): string[] {
  return Object.entries(tree).flatMap(([name, value]) =>
    typeof value === 'string' ? [start + name] : paths(value, `${start}${name}.`),
  )
}

const usages = filesUnder('src')
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|^src\/words\//.test(file))
  .filter((file) => /useTranslations|translator/.test(read(file)))
  .flatMap(usagesOf)

/** True where some file opens a place above the message and has a name for the rest. */
function isUsed(path: string): boolean {
  const parts = path.split('.')
  return parts.some((_, i) => {
    const [above, rest] = [parts.slice(0, i).join('.'), parts.slice(i).join('.')]
    return usages.some(
      ({ place, names }) => place.test(above) && names.some((name) => name.test(rest)),
    )
  })
}

test('every message is used', () => {
  expect(paths(en).filter((path) => !isUsed(path))).toEqual([])
})
