import fc from 'fast-check'
import { expect, test } from 'vitest'
import { InvalidConfig } from '../models/validation'
import { parseRun } from './config'
import { FIRST_RUN } from './presets'

/** The first run with one value put at a path of keys, or taken away. */
function changed(path: readonly (string | number)[], value: unknown): unknown {
  const run = structuredClone(FIRST_RUN) as unknown as Record<string | number, unknown>
  const holder = path
    .slice(0, -1)
    .reduce((object, key) => object[key] as Record<string | number, unknown>, run)
  const last = path.at(-1)!
  if (value === undefined) delete holder[last]
  else holder[last] = value
  return run
}

function problems(input: unknown): readonly string[] {
  try {
    parseRun(input)
    return []
  } catch (error) {
    if (error instanceof InvalidConfig) return error.problems
    throw error
  }
}

test('the first run is right, and comes back from JSON unchanged', () => {
  expect(parseRun(JSON.parse(JSON.stringify(FIRST_RUN)))).toEqual(FIRST_RUN)
})

test.each([
  [['model', 'units', 1], -3, 'model.units[1]: expected an integer from 1 to 400, got -3'],
  [
    ['model', 'units'],
    [1, 1],
    'model.widths: expected 2 widths, one for each stage of units, got 3',
  ],
  [['model', 'colour'], 'red', 'model.colour: unknown key'],
  [['model', 'order'], undefined, 'model.order: is missing'],
  [['model', 'block'], 'big', 'model.block: expected "basic" or "bottleneck", got "big"'],
  [['model', 'widths'], [32, 16, 8], /^model\.projection: "A" appends zero channels/],
  [['model', 'shortcut', 'kind'], 'gate', /^model\.shortcut\.kind: expected/],
  [['train', 'batchSize'], 1.5, 'train.batchSize: expected an integer from 1 to 4096, got 1.5'],
  [['train', 'momentum'], '0.9', 'train.momentum: expected a number from 0 to 1, got "0.9"'],
  [['train', 'momentum'], Number.NaN, 'train.momentum: expected a number from 0 to 1, got NaN'],
  [['train', 'learningRate', 'rate'], -1, /^train\.learningRate\.rate: expected a number/],
  [['train', 'precision'], 'f64', 'train.precision: expected "f32" or "f16", got "f64"'],
  [['data', 'train'], 49_500, /^data\.validation: 49500 \+ 1000 images are more than/],
  [['evaluate', 'images'], 1001, /^evaluate\.images: expected at most data\.validation \(1000\)/],
  [['format'], 2, /^format: expected 1/],
  [['seed'], undefined, 'seed: is missing'],
] as const)('%j as %j is refused with path and reason', (path, value, reason) => {
  expect(problems(changed(path, value))).toEqual([
    typeof reason === 'string' ? reason : expect.stringMatching(reason),
  ])
})

test('several faults are told together', () => {
  const run = changed(['seed'], -1) as typeof FIRST_RUN
  run.train = { ...run.train, steps: 0 }
  expect(problems(run)).toHaveLength(2)
})

test('no JSON value makes the check crash, and none but a run passes', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(problems(value).length).toBeGreaterThan(0)
    }),
    { numRuns: 2000, seed: 1 },
  )
})
