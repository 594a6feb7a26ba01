import { expect, test } from 'vitest'
import { filesUnder } from '../../test/folders'
import { syntaxOf, textOf, walk } from '../../test/syntax'
import { faultTranslator } from './faults'
import { faults } from './zh/faults'

const chinese = faultTranslator(faults)

test.each([
  [
    'train.steps: expected an integer from 1 to 10, got 0',
    'train.steps：应为 1 到 10 之间的整数，实为 0',
  ],
  [
    'data.order: expected "shuffled" or "sequential", got "x or y"',
    'data.order：应为 "shuffled" 或 "sequential"，实为 "x or y"',
  ],
  ['Not a safetensors file: its header is not JSON.', '不是 safetensors 文件：文件头不是 JSON。'],
  [
    'Lane "v2" does not fit beside the 1 before it. The adapter has not the memory that this needs: 12 MB.',
    '泳道“v2”无法与它之前的 1 条同时放下。适配器没有所需的内存：12 MB。',
  ],
  [
    'It does not fit its own net: "a" is missing; "b" is not a tensor of this net; and 3 more.',
    '它与自己的网络不符：缺少“a”；“b”不是此网络的张量；另有 3 处。',
  ],
  ['Failed to fetch: the network changed.', 'Failed to fetch: the network changed.'],
])('%s', (english, text) => {
  expect(chinese(english)).toBe(text)
})

/** The texts of a file, with {} for what they take in. */
function textsOf(file: string): string[] {
  const texts: string[] = []
  walk(syntaxOf(file), (node) => {
    const text = textOf(node)
    if (text !== undefined) texts.push(text)
  })
  return texts
}

/** Files in which every text of several words tells a fault. */
const FAULTS_ALONE = [
  'src/models/spec.ts',
  'src/models/validation.ts',
  'src/run/adjustment.ts',
  'src/run/comparison.ts',
  'src/run/config.ts',
  'src/run/salvage.ts',
  'src/run/salvage-comparison.ts',
  'src/train/checkpoint.ts',
  'src/train/race-file.ts',
  'src/train/safetensors.ts',
]
const FOLDERS = ['gpu', 'autograd', 'archive', 'data', 'train', 'worker', 'store']
/** `folder.ts` reads for the command line, and what is fake says nothing of its own. */
const APART = /\.test\.ts$|\/fake|^src\/data\/folder\.ts$/

const texts = FOLDERS.flatMap((folder) => filesUnder(`src/${folder}`))
  .concat(FAULTS_ALONE, 'src/run/link.ts', 'src/tuning/wrong.ts', filesUnder('server'))
  .filter((file) => /\.ts$/.test(file) && !APART.test(file))
  .flatMap((file) => textsOf(file).map((text) => ({ file, text })))

/** Names of formats, and texts that only join others. */
const NO_FAULT = /^residual-playground |^seed-|^its \{\}: \{\}$|^\W*$|^ or $/

/** A sentence is a fault, and in a file of faults whatever has several words. */
function tellsFault({ file, text }: { file: string; text: string }): boolean {
  const form = FAULTS_ALONE.includes(file) ? / / : /^\W*[A-Z{].* .*[a-z})](\.$|\. )/
  return form.test(text) && !NO_FAULT.test(text)
}

/** A text with something for what it takes in; a path before it may be missing. */
function example(text: string): string {
  let count = 0
  return text.replace(/^\{\}(?=\w)/, '').replaceAll('{}', () => `<${count++}>`)
}

test('every fault that the code tells is there in Chinese', () => {
  const missing = texts
    .filter(tellsFault)
    .filter(({ text }) => !/\p{Script=Han}/u.test(chinese(example(text))))
  expect(missing).toEqual([])
})

test('nothing is there that the code does not tell', () => {
  const stale = Object.keys(faults).filter((english) => {
    const parts = english.replace(/\.$/, '').split(/\{\w+\}/)
    return !texts.some(({ text }) => holds(text, parts))
  })
  expect(stale).toEqual([])
})

/** True where a text has the parts, one after another. */
function holds(text: string, parts: readonly string[]): boolean {
  let from = 0
  return parts.every((part) => {
    const at = text.indexOf(part, from)
    from = at + part.length
    return at >= 0
  })
}

test('what a fault takes in is named in English first', () => {
  for (const [english, own] of Object.entries(faults)) {
    const names = (text: string) => text.match(/\{\w+\}/g) ?? []
    expect(names(english)).toEqual(expect.arrayContaining(names(own)))
  }
})
