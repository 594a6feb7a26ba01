import fc from 'fast-check'
import { expect, test } from 'vitest'
import { InvalidConfig } from '../models/validation'
import { parseComparison } from './comparison'
import { COMPARISON_PRESETS, FIRST_COMPARISON } from './comparison-presets'
import { salvageComparison } from './salvage-comparison'

const [{ small: KNOWN }] = COMPARISON_PRESETS as [(typeof COMPARISON_PRESETS)[number]]
const [v1, moved, v2] = KNOWN.lanes

test('a comparison that this version knows is read whole', () => {
  expect(salvageComparison(KNOWN)).toEqual({ comparison: KNOWN, left: [] })
})

test('of a newer comparison the lanes that are right are read, and the others named', () => {
  const strange = { ...moved!, model: { ...moved!.model, order: 'sideways' } }
  const again = { ...v2!, name: v1!.name.toUpperCase() }
  const newer = {
    ...{ ...KNOWN, format: 2, mood: 'calm', lanes: [strange, v1, v2, again], seeds: 9 },
    train: { ...KNOWN.train, batchSize: 'huge' },
  }
  const { comparison, left } = salvageComparison(newer)
  const train = { ...KNOWN.train, batchSize: FIRST_COMPARISON.train.batchSize }
  expect(comparison).toEqual({ ...KNOWN, lanes: [v1, v2], seeds: 1, train })
  expect(left.map((line) => line.replace(/expected one of.*/, '…'))).toEqual([
    'format: this version reads 1, got 2',
    'mood: unknown key',
    'train.batchSize: expected an integer from 1 to 4096, got "huge"',
    expect.stringMatching(/^lanes\[0\]\.model\.order: /),
    'lanes[3].name: is that of lanes[1] too',
    'seeds: expected an integer from 1 to 5, got 9',
  ])
})

test('where no lane is right there is no comparison, and the reasons are told', () => {
  expect(() => salvageComparison({ ...KNOWN, lanes: [] })).toThrow(InvalidConfig)
  expect(() => salvageComparison({ ...KNOWN, lanes: [7] })).toThrow('lanes[0]')
  expect(() => salvageComparison('half a comparison')).toThrow(InvalidConfig)
})

test('any JSON at all gives a comparison that trains or none, and says what it left out', () => {
  const keys = ['seed', 'data', 'train', 'evaluate', 'seeds', 'until', 'lanes', 'model']
  const mutated = fc
    .tuple(fc.constantFrom(...keys), fc.jsonValue())
    .map(([key, value]) => ({ ...KNOWN, [key]: value }))
  const inLane = fc
    .tuple(
      fc.nat(2),
      fc.oneof(fc.constantFrom('name', 'model', 'train'), fc.string()),
      fc.jsonValue(),
    )
    .map(([lane, key, value]) => ({
      ...KNOWN,
      lanes: KNOWN.lanes.with(lane, { ...KNOWN.lanes[lane]!, [key]: value }),
    }))
  const many = fc
    .array(fc.constantFrom(...KNOWN.lanes), { maxLength: 9 })
    .map((lanes) => ({ ...KNOWN, lanes: lanes.map((lane, i) => ({ ...lane, name: `lane ${i}` })) }))
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), mutated, inLane, many), (json) => {
      let found: ReturnType<typeof salvageComparison>
      try {
        found = salvageComparison(json)
      } catch (error) {
        expect((error as InvalidConfig).problems.length).toBeGreaterThan(0)
        return
      }
      expect(parseComparison(found.comparison)).toEqual(found.comparison)
      if (found.left.length === 0) expect(found.comparison).toEqual(parseComparison(json))
    }),
    { numRuns: 2000, seed: 5 },
  )
})
