import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { filesUnder, folderTable, read } from './folders'

const TABLE = folderTable()
const IMPORT = /(?:\bfrom|\bimport|\bnew URL)\s*\(?\s*['"]([^'"]+)['"]/g

/** Packages that belong to some folders alone. */
const RESERVED: [packages: RegExp, folders: string[]][] = [
  [/^(react|react-dom|recharts|@mantine\/.*|@tabler\/.*)(\/|$)/, ['src/ui']],
  [/^zustand(\/|$)/, ['src/store', 'src/ui']],
  [/^use-intl(\/|$)/, ['src/words', 'src/ui']],
  [/^webgpu$/, ['src/cli']],
]

const modules = filesUnder('src')
  .concat(filesUnder('server'))
  .filter((file) => /\.tsx?$/.test(file))
const sources = modules.filter((file) => !/\.test\.tsx?$/.test(file))

/** `src/gpu` of `src/gpu/device.ts`; `server` of `server/cifar.ts`. */
function folderOf(file: string): string {
  const [top, folder] = file.split('/')
  return top === 'src' ? `src/${folder}` : top!
}

function importsOf(file: string): string[] {
  return [...read(file).matchAll(IMPORT)].map(([, name]) => name!.replace(/\?.*$/, ''))
}

/** What a file imports of the project, as paths from the project's root. */
function targets(file: string): string[] {
  const relative = importsOf(file).filter((name) => name.startsWith('.'))
  return relative.map((name) => join(dirname(file), name))
}

function mayImport(file: string, target: string): boolean {
  const folder = folderOf(file)
  const allowed = [folder, ...TABLE.get(folder)!]
  return allowed.some((path) => target === path || target.startsWith(`${path}/`))
}

test('every folder of src and the server stands in the table, and nothing else does', () => {
  expect([...TABLE.keys()].sort()).toEqual([...new Set(modules.map(folderOf))].sort())
})

describe.each([...TABLE.keys()])('%s', (folder) => {
  const own = sources.filter((file) => folderOf(file) === folder)

  test('imports only what the table allows', () => {
    const wrong = own.flatMap((file) =>
      targets(file)
        .filter((target) => !mayImport(file, target))
        .map((target) => `${file} imports ${target}`),
    )
    expect(wrong).toEqual([])
  })

  test('leaves packages to the folders that they belong to', () => {
    const refused = RESERVED.filter(([, folders]) => !folders.includes(folder))
    const wrong = own.flatMap((file) =>
      importsOf(file)
        .filter((name) => refused.some(([packages]) => packages.test(name)))
        .map((name) => `${file} imports ${name}`),
    )
    expect(wrong).toEqual([])
  })
})

test('the ops are the only barrel', () => {
  const barrels = modules.filter((file) => /\/index\.tsx?$/.test(file))
  expect(barrels).toEqual(['src/shaders/index.ts'])
})

test('the barrel of the ops exports every op there is', () => {
  const barrel = targets('src/shaders/index.ts').map((path) => `${path}.ts`)
  const ops = sources.filter((file) => /\bdefineOp(<[\s\S]*?>)?\(\{/.test(read(file)))
  expect(barrel.sort()).toEqual(ops.sort())
})

test('WGSL lies only among the shaders, and every file of it is imported', () => {
  const shaders = filesUnder('src').filter((file) => file.endsWith('.wgsl'))
  const imported = new Set(sources.flatMap(targets))
  expect(shaders.filter((file) => !file.startsWith('src/shaders/'))).toEqual([])
  expect(shaders.filter((file) => !imported.has(file))).toEqual([])
})
