import fc from 'fast-check'
import { expect, test } from 'vitest'
import { randomSpecs } from '../../test/random-specs'
import { parseRun, type RunConfig } from './config'
import { FIRST_RUN } from './presets'
import { RECIPES } from './recipes'
import { salvageRun } from './salvage'

const PAPER = RECIPES[1]!.apply(FIRST_RUN)

test('a run that this version knows is read whole', () => {
  expect(salvageRun(PAPER)).toEqual({ run: PAPER, left: [] })
})

test('a newer format with settings of its own gives all that is known, and names the rest', () => {
  const newer = {
    ...{ ...PAPER, format: 2, mood: 'calm' },
    train: { ...PAPER.train, warp: 9, batchSize: 'huge' },
  }
  const { run, left } = salvageRun(newer)
  const { batchSize } = FIRST_RUN.train
  expect(run).toEqual({ ...PAPER, train: { ...PAPER.train, batchSize } })
  expect(left).toEqual([
    'format: this version reads 1, got 2',
    'mood: unknown key',
    'train.warp: unknown key',
    'train.batchSize: expected an integer from 1 to 4096, got "huge"',
  ])
})

test('settings that are right only together are taken together', () => {
  const all = { ...PAPER.data, train: 50_000, validation: 0 }
  const { evaluate: _, ...rest } = PAPER
  const { run, left } = salvageRun({ ...rest, data: all, seed: -1 })
  expect(run.data).toEqual(all)
  expect(run.evaluate).toBeUndefined()
  expect(left).toEqual(['seed: expected an integer from 0 to 4294967295, got -1'])
})

test('what is missing is named, and a net of which a part is unknown is not made up', () => {
  const { model, ...rest } = PAPER
  expect(salvageRun(rest).left).toEqual(['model: is missing'])
  const { run, left } = salvageRun({ ...rest, model: { ...model, order: 'sideways' } })
  expect(run).toEqual({ ...PAPER, model: FIRST_RUN.model })
  expect(left).toHaveLength(1)
  expect(left[0]).toContain('model.order')
})

test('any JSON at all gives a run that trains, and says what it left out', () => {
  const runs: fc.Arbitrary<RunConfig> = randomSpecs.map((model) => ({ ...PAPER, model }))
  const mutated = fc
    .tuple(runs, fc.constantFrom('seed', 'model', 'data', 'train', 'evaluate'), fc.jsonValue())
    .map(([run, key, value]) => ({ ...run, [key]: value }))
  const inside = fc
    .tuple(runs, fc.constantFrom('data', 'train'), fc.string(), fc.jsonValue())
    .map(([run, section, key, value]) => ({
      ...run,
      [section]: { ...run[section as 'data'], [key]: value },
    }))
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), mutated, inside), (json) => {
      const { run, left } = salvageRun(json)
      expect(parseRun(run)).toEqual(run)
      if (left.length === 0) expect(run).toEqual(parseRun(json))
    }),
    { numRuns: 3000, seed: 3 },
  )
})

test('of thousands of unknown keys the first are told, and how many there are', () => {
  const strangers = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`key${i}`, 1]))
  const { left } = salvageRun({ ...PAPER, ...strangers })
  expect(left).toHaveLength(21)
  expect(left.at(-1)).toBe('and 4980 more')
})
