import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import packageJson from '../package.json'
import { filesUnder, folderTable, ROOT, read } from './folders'

const lines = (file: string) => read(file).trimEnd().split('\n').length
const exists = (path: string) => existsSync(join(ROOT, path))
const code = filesUnder('.').filter((file) => /\.(tsx?|wgsl)$/.test(file))

/** What stands in backticks, in order. */
const quoted = (text: string) => [...text.matchAll(/`([^`\n]+)`/g)].map(([, words]) => words!)
const isPath = (words: string) => /^[\w.-]+(\/[\w.-]+)+\/?$/.test(words) && !/\bNAME\b/.test(words)

const documents = filesUnder('.').filter((file) => file.endsWith('.md'))

describe.each(documents)('%s', (document) => {
  const text = read(document)

  test('names only npm scripts that exist', () => {
    const runs = [...text.matchAll(/\bnpm run (?:--silent )?([\w:-]+)/g)].map(([, name]) => name!)
    const short = [...text.matchAll(/\bnpm (start|test)\b/g)].map(([, name]) => name!)
    expect(Object.keys(packageJson.scripts)).toEqual(expect.arrayContaining([...runs, ...short]))
  })

  test('links only to what exists', () => {
    const links = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, target]) => target!)
    const local = links.filter((target) => !/^[a-z]+:/.test(target))
    expect(local.filter((target) => !exists(join(dirname(document), target)))).toEqual([])
  })

  test('names only files of src, test and scripts that exist', () => {
    const paths = quoted(text).filter(
      (words) => isPath(words) && /^(src|test|scripts)\//.test(words),
    )
    expect(paths.filter((path) => !exists(path))).toEqual([])
  })
})

test('the map in the README names every folder of src', () => {
  const map = /```\ngpu\/[\s\S]*?```/.exec(read('README.md'))![0]
  const named = [...map.matchAll(/\b(\w+)\/ /g)].map(([, folder]) => `src/${folder}`)
  expect(named.sort()).toEqual([...folderTable().keys()].filter((f) => f !== 'server').sort())
})

test('what a step of CONTRIBUTING.md names stands in a file that the step names', () => {
  const steps = read('CONTRIBUTING.md').match(/^\d\. .*(?:\n {3}.*)*/gm)!
  expect(steps.length).toBeGreaterThan(8)
  const missing = steps.flatMap((step) => {
    const files = quoted(step).filter((words) => isPath(words) && exists(words))
    const names = quoted(step).filter((words) => /^\w+$/.test(words))
    return names.filter((name) => !files.some((file) => read(file).includes(name)))
  })
  expect(missing).toEqual([])
})

test('CONTRIBUTING.md has fewer than 80 lines, an ADR fewer than 20', () => {
  expect(lines('CONTRIBUTING.md')).toBeLessThan(80)
  const records = documents.filter((file) => file.startsWith('docs/adr/'))
  expect(records.filter((file) => lines(file) >= 20)).toEqual([])
})

test('no file of src has more than 400 lines', () => {
  const sources = code.filter((file) => file.startsWith('src/'))
  expect(sources.filter((file) => lines(file) > 400)).toEqual([])
})

test('nothing in src draws from Math.random', () => {
  const sources = code.filter((file) => file.startsWith('src/'))
  expect(sources.filter((file) => read(file).includes('Math.random('))).toEqual([])
})

test('no test is run alone', () => {
  const alone = /\b(test|it|describe)(\.\w+)*\.only\b/
  const tests = code.filter((file) => /\.(test|spec)\.tsx?$/.test(file))
  expect(tests.filter((file) => alone.test(read(file)))).toEqual([])
})

test('no data is committed', () => {
  const tracked = execFileSync('git', ['ls-files'], { cwd: ROOT, encoding: 'utf8' }).split('\n')
  const data = /\.(bin|gz|tgz|tar|zip|npz|npy|pt|safetensors|parquet)$/
  expect(tracked.filter((file) => data.test(file))).toEqual([])
})
