import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { filesUnder, ROOT, read } from './folders'

const LIBRARY = 'node_modules/@mantine/core'
const IMPORT = /import \{([^}]*)\} from ['"]([^'"]+)['"]/g

/** What the page and the bench's page import of the component library, by name. */
function namesInUse(): Set<string> {
  const sources = [...filesUnder('src/ui'), ...filesUnder('bench/ui')]
  const names = sources
    .filter((file) => file.endsWith('.tsx'))
    .flatMap((file) => [...read(file).matchAll(IMPORT)])
    .filter(([, , from]) => from === '@mantine/core')
    .flatMap(([, list]) => list!.split(','))
  return new Set(names.map((name) => name.trim().replace(/ as .*/, '')))
}

/** Adds the stylesheets of a module of the library, and of all that it is made of. */
function collectStyles(file: string, styles: Set<string>, seen: Set<string>): void {
  if (seen.has(file)) return
  seen.add(file)
  const [, style] = /\/(\w+)\.module\.mjs$/.exec(file) ?? []
  if (style && existsSync(join(ROOT, LIBRARY, `styles/${style}.css`))) styles.add(style)
  for (const [, path] of read(file).matchAll(/from ?"(\.[^"]+)"/g)) {
    collectStyles(join(dirname(file), path!), styles, seen)
  }
}

test('every component in use has its stylesheet, those that it is made of included', () => {
  const inUse = namesInUse()
  const [styles, seen] = [new Set<string>(), new Set<string>()]
  const index = `${LIBRARY}/esm/index.mjs`
  for (const [, list, path] of read(index).matchAll(IMPORT)) {
    const names = list!.split(',').map((name) => name.trim().replace(/.* as /, ''))
    if (names.some((name) => inUse.has(name))) {
      collectStyles(join(dirname(index), path!), styles, seen)
    }
  }
  const imported = [...read('src/ui/mantine.css').matchAll(/styles\/([A-Z]\w+)\.css/g)]
  expect(styles.size).toBeGreaterThan(20)
  expect(imported.map(([, name]) => name).sort()).toEqual([...styles].sort())
})

test('every colour that a stylesheet or a component names is defined', () => {
  const files = [...filesUnder('src/ui'), ...filesUnder('bench/ui')]
  const texts = files.filter((file) => /\.(css|tsx?)$/.test(file)).map(read)
  const defined = new Set(
    texts.flatMap((text) => [...text.matchAll(/(--[\w-]+)['"]?\]?:/g)].map((m) => m[1])),
  )
  const named = texts.flatMap((text) => [...text.matchAll(/var\((--[\w-]+)\)/g)].map((m) => m[1]!))
  const own = named.filter((name) => !name.startsWith('--mantine-'))
  expect(own.length).toBeGreaterThan(20)
  expect(own.filter((name) => !defined.has(name))).toEqual([])
})
