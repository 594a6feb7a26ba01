import { expect, test } from 'vitest'
import type { RunRecord } from '../../archive/record'
import { FIRST_RUN } from '../../run/presets'
import { listed } from './run-list'

function record(id: string, change: Partial<RunRecord> = {}): RunRecord {
  return {
    ...{ id, name: id, note: '', starred: false, run: FIRST_RUN, startedAt: 0, updatedAt: 0 },
    ...{ status: { state: 'finished' }, steps: 0, evaluations: [] },
    ...{ device: { name: 'A GPU', software: false } },
    versions: { app: '1', commit: 'abc', browser: 'Browser 1' },
    ...change,
  }
}
const evaluation = (accuracy: number) => ({ step: 1, loss: 1, accuracy, images: 10 })
const RUNS = [
  record('plain', { startedAt: 3, evaluations: [evaluation(0.9), evaluation(0.4)] }),
  record('Odd', { startedAt: 1, note: 'warm-up twice', evaluations: [evaluation(0.5)] }),
  record('star', { startedAt: 2, starred: true, steps: 9 }),
]
const ids = (search: string, order: Parameters<typeof listed>[2]) =>
  listed(RUNS, search, order).map(({ id }) => id)

test('starred runs stand first, and the others in the order that was chosen', () => {
  expect(ids('', 'newest')).toEqual(['star', 'plain', 'Odd'])
  expect(ids('', 'oldest')).toEqual(['star', 'Odd', 'plain'])
  expect(ids('', 'name')).toEqual(['star', 'Odd', 'plain'])
  expect(ids('', 'accuracy')).toEqual(['star', 'plain', 'Odd'])
})

test('a search finds runs by every word: of name, note, net, pictures and seed', () => {
  expect(ids('odd', 'newest')).toEqual(['Odd'])
  expect(ids('TWICE resnet-8', 'newest')).toEqual(['Odd'])
  expect(ids('shapes10 seed 1', 'newest')).toHaveLength(3)
  expect(ids('nothing', 'newest')).toEqual([])
})
