import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeWhole } from './whole-file'

const folder = mkdtempSync(join(tmpdir(), 'residual-playground-'))
const path = join(folder, 'run.checkpoint')

test('what a killed writer left is removed, what a living one writes is not', () => {
  const dead = spawnSync(process.execPath, ['--version']).pid
  writeFileSync(`${path}.${dead}.part`, 'half')
  writeFileSync(`${path}.1.part`, 'still being written')
  writeFileSync(`${path}.notes.part`, 'somebody else’s')
  writeWhole(path, 'whole')
  expect(readFileSync(path, 'utf8')).toBe('whole')
  const left = ['run.checkpoint', 'run.checkpoint.1.part', 'run.checkpoint.notes.part']
  expect(readdirSync(folder).sort()).toEqual(left)
})

test('a file that cannot be put in its place leaves the folder as it was', () => {
  const before = readdirSync(folder)
  expect(() => writeWhole(join(folder, 'missing', 'file'), 'x')).toThrow('ENOENT')
  expect(readdirSync(folder)).toEqual(before)
})
