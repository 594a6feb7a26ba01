import fc from 'fast-check'
import { expect, test } from 'vitest'
import { withVersion } from '../models/presets'
import { InvalidConfig } from '../models/validation'
import { type ComparisonConfig, comparisonOf, laneRun, parseComparison } from './comparison'
import { parseRun } from './config'
import { FIRST_RUN } from './presets'

const { model, ...common } = FIRST_RUN

/** v1 against v2 with a rate of its own, in the least that a file has to say. */
const PAIR = {
  ...common,
  lanes: [
    { name: 'v1', model: withVersion(model, 'v1') },
    { name: 'v2', model, train: { learningRate: { kind: 'constant', rate: 0.05 } } },
  ],
}

function problems(input: unknown): readonly string[] {
  try {
    parseComparison(input)
    return []
  } catch (error) {
    if (error instanceof InvalidConfig) return error.problems
    throw error
  }
}

const withLanes = (...lanes: object[]) => ({ ...PAIR, lanes })
const lane = (change: object) => ({ name: 'a', model, ...change })

test('what a file leaves out is one seed and equal steps', () => {
  const parsed = parseComparison(PAIR)
  expect(parsed).toEqual({ ...PAIR, seeds: 1, until: { kind: 'steps' } })
  expect(parseComparison(JSON.parse(JSON.stringify(parsed)))).toEqual(parsed)
})

test("a lane's run has the lane's net and rate, and the seed that is its turn", () => {
  const comparison = parseComparison({ ...PAIR, seed: 7, seeds: 3 })
  const [first, second] = [laneRun(comparison, 0, 0), laneRun(comparison, 1, 2)]
  expect(first).toEqual({ ...FIRST_RUN, seed: 7, model: PAIR.lanes[0]!.model })
  expect(second).toMatchObject({ seed: 9, model, train: { learningRate: { rate: 0.05 } } })
  expect(second.train.batchSize).toBe(FIRST_RUN.train.batchSize)
  for (const run of [first, second]) expect(parseRun(run)).toEqual(run)
})

test('a run becomes the only lane of a comparison, and is that lane again', () => {
  const comparison = comparisonOf(FIRST_RUN)
  expect(parseComparison(comparison)).toEqual(comparison)
  expect(comparison.lanes[0]!.name).toBe('ResNet-8 v2')
  expect(laneRun(comparison, 0, 0)).toEqual(FIRST_RUN)
})

test.each<[string, unknown, string]>([
  ['no lane', withLanes(), 'lanes: expected at least one lane'],
  [
    'seven lanes',
    withLanes(...Array.from({ length: 7 }, (_, i) => lane({ name: `${i}` }))),
    'lanes: expected at most 6 lanes, got 7',
  ],
  [
    'an empty name',
    withLanes(lane({ name: '' })),
    'lanes[0].name: expected a name of 1 to 60 characters, got ""',
  ],
  [
    'half a character for a name',
    withLanes(lane({ name: '\ud83d' })),
    'lanes[0].name: expected a name of 1 to 60 characters, got "\\ud83d"',
  ],
  [
    'a name twice',
    withLanes(lane({ name: 'V1' }), lane({}), lane({ name: 'v1' })),
    'lanes[2].name: is that of lanes[0] too',
  ],
  ['no net', withLanes({ name: 'a' }), 'lanes[0].model: is missing'],
  [
    'a lane with a batch of its own',
    withLanes(lane({ train: { batchSize: 8 } })),
    'lanes[0].train.batchSize: is the same for all lanes; set it in the comparison\'s "train"',
  ],
  [
    'a lane with momentum out of range',
    withLanes(lane({ train: { momentum: 2 } })),
    'lanes[0].train.momentum: expected a number from 0 to 1, got 2',
  ],
  [
    'a lane whose settings contradict each other',
    withLanes(lane({ train: { momentum: 0, nesterov: true } })),
    'lanes[0].train.nesterov: needs a momentum over 0',
  ],
  [
    'a net with too few classes',
    withLanes(lane({}), lane({ name: 'b', model: { ...model, classes: 5 } })),
    'lanes[1].model.classes: shapes10 has 10 classes, got 5',
  ],
  [
    'a fault of all lanes',
    { ...PAIR, data: { ...PAIR.data, train: 50_000 } },
    'data.validation: 50000 + 1000 images are more than the 50000 there are',
  ],
  ['six seeds', { ...PAIR, seeds: 6 }, 'seeds: expected an integer from 1 to 5, got 6'],
  [
    'seeds beyond the last',
    { ...PAIR, seed: 4_294_967_294, seeds: 3 },
    'seeds: 3 from 4294967294 on would go beyond 4294967295, the last seed',
  ],
  [
    'no time',
    { ...PAIR, until: { kind: 'time', seconds: 0 } },
    'until.seconds: expected a number over 0 and at most 1000000, got 0',
  ],
  ['a key that is unknown', { ...PAIR, colour: 'red' }, 'colour: unknown key'],
  ['a net beside the lanes', { ...PAIR, model }, 'model: unknown key'],
])('%s is refused with path and reason', (_, input, reason) => {
  expect(problems(input)).toEqual([reason])
})

test('no JSON value makes the check crash, and none but a comparison passes', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(problems(value).length).toBeGreaterThan(0)
    }),
    { numRuns: 2000, seed: 1 },
  )
  expect(problems(FIRST_RUN)).toContain('lanes: is missing')
})

test('a value changed anywhere in a comparison gives a comparison or reasons, never a crash', () => {
  const whole = JSON.stringify({ ...PAIR, seeds: 2, until: { kind: 'time', seconds: 9 } })
  const places = [...whole.matchAll(/(?<=:|\[|,)("[^"]*"|-?[\d.e-]+|true|false)/g)]
  fc.assert(
    fc.property(fc.nat(places.length - 1), fc.jsonValue(), (place, value) => {
      const { index, 0: old } = places[place]!
      const text = whole.slice(0, index) + JSON.stringify(value) + whole.slice(index + old.length)
      let changed: unknown
      try {
        changed = JSON.parse(text)
      } catch {
        return
      }
      if (problems(changed).length > 0) return
      const comparison: ComparisonConfig = parseComparison(changed)
      for (const i of comparison.lanes.keys()) parseRun(laneRun(comparison, i, 1))
    }),
    { numRuns: 2000, seed: 2 },
  )
})
