import { expect, test } from 'vitest'
import type { RunRecord } from '../../archive/record'
import { comparisonOf } from '../../run/comparison'
import { FIRST_RUN } from '../../run/presets'
import { grouped, listed } from './run-list'

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

test('lanes of one race stand together, where the first of them stands, by lane and seed', () => {
  const [lane] = comparisonOf(FIRST_RUN).lanes
  const lanes = ['near', 'far'].map((name) => ({ ...lane!, name }))
  const comparison = { ...comparisonOf(FIRST_RUN), lanes, seeds: 2 }
  const ofRace = (lane: number, seedIndex: number, startedAt: number) => {
    const group = { id: 'race', comparison, lane, seedIndex }
    return record(`lane ${lane} ${seedIndex}`, { name: '', group, startedAt })
  }
  const all = [record('alone', { startedAt: 4 }), ofRace(1, 0, 3), ofRace(0, 1, 6), ofRace(0, 0, 5)]
  const found = grouped(listed(all, '', 'newest'))
  expect(found.map(({ records }) => records.map(({ id }) => id))).toEqual([
    ['lane 0 0', 'lane 0 1', 'lane 1 0'],
    ['alone'],
  ])
  expect(found.map(({ race }) => race?.id)).toEqual(['race', undefined])
  // By the name of the lane itself, and by that of the comparison.
  expect(listed(all, 'near #2', 'newest').map(({ id }) => id)).toEqual(['lane 0 1'])
  expect(listed(all, 'near, far', 'newest')).toHaveLength(3)
})
