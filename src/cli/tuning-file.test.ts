import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tuningFile } from './tuning-file'

const file = join(mkdtempSync(join(tmpdir(), 'residual-playground-')), 'kernels.json')
const store = tuningFile(file)
const measured = {
  platform: store.platform,
  code: 'abc',
  winners: { key: { forward: 'tiled' as const } },
}

test('a file holds what was measured on each adapter', async () => {
  expect(store.platform).toMatch(/^Dawn of webgpu \d+\.\d+\.\d+$/)
  expect(await store.read('llvmpipe')).toBeUndefined()
  await store.write('llvmpipe', measured)
  await store.write('SwiftShader', { ...measured, winners: {} })
  expect(await tuningFile(file).read('llvmpipe')).toEqual(measured)
  expect(Object.keys(JSON.parse(readFileSync(file, 'utf8')))).toEqual(['llvmpipe', 'SwiftShader'])
})

test.each(['', '{"llvmpipe":', 'null', '[1]', '"text"'])(
  'a damaged file, %j, is as none and is overwritten',
  async (text) => {
    writeFileSync(file, text)
    expect(await store.read('llvmpipe')).toBeUndefined()
    await store.write('llvmpipe', measured)
    expect(await store.read('llvmpipe')).toEqual(measured)
  },
)

test('a file that cannot be read is told', async () => {
  await expect(tuningFile(tmpdir()).read('llvmpipe')).rejects.toThrow('EISDIR')
})
