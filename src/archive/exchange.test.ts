import fc from 'fast-check'
import { expect, test } from 'vitest'
import { damages } from '../../test/damage'
import { randomSpecs } from '../../test/random-specs'
import { InvalidConfig } from '../models/validation'
import { comparisonOf } from '../run/comparison'
import { withCopy } from '../run/lanes'
import { FIRST_RUN } from '../run/presets'
import { exportRuns, parseRuns, sameRun, type WholeRun } from './exchange'
import type { RunRecord, RunStatus } from './record'

/** Two lanes with three seeds. */
const COMPARISON = { ...withCopy(comparisonOf(FIRST_RUN), 0), seeds: 3 }

const hex = (digits: number) =>
  fc
    .array(fc.constantFrom(...'0123456789abcdef'), { minLength: digits, maxLength: digits })
    .map((list) => list.join(''))
const maybe = <K extends string, T>(key: K, value: fc.Arbitrary<T>) =>
  fc.option(value).map((found) => (found === null ? {} : ({ [key]: found } as Record<K, T>)))
const statuses: fc.Arbitrary<RunStatus> = fc.oneof(
  fc.constantFrom({ state: 'training' }, { state: 'paused' }, { state: 'finished' }),
  fc.string().map((message) => ({ state: 'failed' as const, message })),
) as fc.Arbitrary<RunStatus>

const runs: fc.Arbitrary<WholeRun> = fc
  .tuple(randomSpecs, fc.nat(40), fc.string(), fc.string(), statuses, hex(24), fc.boolean())
  .chain(([model, steps, name, note, status, id, starred]) => {
    const column = <T>(value: fc.Arbitrary<T>) =>
      fc.array(value, { minLength: steps, maxLength: steps })
    const loss = fc.float({ noDefaultInfinity: false })
    const evaluation = fc.record({
      ...{ step: fc.nat(steps), loss: fc.double(), images: fc.integer({ min: 1, max: 5000 }) },
      accuracy: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    const positive = fc.double({ min: 0, max: 1e9, noNaN: true })
    return fc
      .tuple(
        fc.tuple(column(loss), column(fc.nat(FIRST_RUN.train.batchSize))),
        fc.tuple(column(positive), column(positive)),
        fc.array(evaluation, { maxLength: 4 }),
        maybe('weights', fc.record({ step: fc.nat(steps), sha256: hex(64) })),
        maybe('startsFrom', fc.string()),
        maybe('adjustments', fc.constant([{ step: 0, momentum: 0.5, learningRate: 0 }])),
        maybe(
          'group',
          fc.record({
            ...{ id: fc.string(), comparison: fc.constant(COMPARISON) },
            ...{ lane: fc.nat(1), seedIndex: fc.nat(2) },
          }),
        ),
      )
      .map(([[losses, correct], [rate, seconds], evaluations, ...optional]) => {
        const record: RunRecord = Object.assign(
          {
            ...{ id, name, note, starred, run: { ...FIRST_RUN, model }, startedAt: 5 },
            ...{ updatedAt: 6, status, steps, evaluations },
            ...{ device: { name, software: starred } },
            versions: { app: '1', commit: 'abc', browser: note },
          },
          ...optional,
        )
        return {
          record,
          steps: {
            loss: Float32Array.from(losses),
            correct: Uint32Array.from(correct),
            learningRate: Float64Array.from(rate),
            seconds: Float64Array.from(seconds),
          },
        }
      })
  })

/** JSON knows one zero: −0 is written as 0. */
const zeros = (value: unknown) =>
  JSON.parse(JSON.stringify(value, (_, x) => (Number.isNaN(x) ? 'NaN' : x)))

test('runs come back from a file as they were, losses that are no numbers among them', () => {
  fc.assert(
    fc.property(fc.array(runs, { maxLength: 3 }), (several) => {
      const found = parseRuns(exportRuns(several, 0))
      expect(found).toHaveLength(several.length)
      for (const [i, { record, steps }] of several.entries()) {
        expect(zeros(found[i]!.record)).toEqual(zeros(record))
        for (const key of ['loss', 'correct', 'learningRate', 'seconds'] as const) {
          expect(found[i]!.steps[key]).toEqual(steps[key].map((x) => x + 0) as never)
        }
        expect(sameRun(found[i]!, parseRuns(exportRuns([several[i]!], 1))[0]!)).toBe(true)
      }
    }),
    { numRuns: 300, seed: 4 },
  )
})

test('what stays in the browser is not in the file: checkpoint, offer, deletion', () => {
  const [run] = fc.sample(runs, { numRuns: 1, seed: 1 })
  const checkpoint = { step: 1, bytes: 2, savedAt: 3 }
  const record = { ...run!.record, checkpoint, setAside: true, deletedAt: 4 }
  expect(parseRuns(exportRuns([{ ...run!, record }], 0))[0]!.record).not.toHaveProperty('deletedAt')
  expect(exportRuns([{ ...run!, record }], 0)).toBe(exportRuns([run!], 0))
})

/** What a file gives: its runs, or why it is refused. */
function read(file: string): WholeRun[] | InvalidConfig {
  try {
    return parseRuns(file)
  } catch (error) {
    if (error instanceof InvalidConfig) return error
    throw error
  }
}

test('a damaged file is refused with a reason, or is one whose runs are written the same again', () => {
  fc.assert(
    fc.property(fc.array(runs, { minLength: 1, maxLength: 2 }), damages, (several, damage) => {
      const file = new TextEncoder().encode(exportRuns(several, 0))
      const found = read(new TextDecoder().decode(damage(file)))
      if (found instanceof InvalidConfig) expect(found.problems.length).toBeGreaterThan(0)
      else expect(read(exportRuns(found, 0))).toEqual(found)
    }),
    { numRuns: 2000, seed: 5 },
  )
})

test('any JSON in the place of any part is refused or sound', () => {
  const places = ['id', 'run', 'status', 'steps', 'evaluations', 'columns', 'weights', 'versions']
  fc.assert(
    fc.property(runs, fc.constantFrom(...places), fc.jsonValue(), (run, place, value) => {
      const content = JSON.parse(exportRuns([run], 0))
      content.runs[0][place] = value
      const found = read(JSON.stringify(content))
      if (found instanceof InvalidConfig) {
        expect(found.problems.join('\n')).toContain(`runs[0].${place === 'steps' ? '' : place}`)
      } else expect(read(exportRuns(found, 0))).toEqual(found)
    }),
    { numRuns: 2000, seed: 6 },
  )
})

const [SAMPLE] = fc.sample(
  runs.filter(({ record }) => record.steps > 2),
  { numRuns: 1, seed: 2 },
) as [WholeRun]

test.each([
  ['no JSON', () => 'half a fi', 'it is no JSON'],
  ['another kind', () => '{"kind":"x","format":1,"exportedAt":"","runs":[]}', 'kind: expected'],
  [
    'a newer format',
    (text: string) => text.replace('"format":1', '"format":2'),
    'format: expected 1',
  ],
])('%s is refused and says why', (_, change, reason) => {
  expect(() => parseRuns(change(exportRuns([SAMPLE], 0)))).toThrow(reason)
})

const LATE = { step: 9999, loss: 1, accuracy: 0.5, images: 10 }
const WEIGHTS = { step: 9999, sha256: 'a'.repeat(64) }

test.each([
  ['a column that is too short', 'columns.seconds', [], 'columns.seconds: '],
  ['a null among the losses', 'columns.loss.1', null, 'columns.loss: [1]'],
  ['more right than the batch', 'columns.correct.0', 33, 'columns.correct[0]'],
  ['a stranger among the keys', 'evil', 1, 'evil: unknown key'],
  ['settings out of range', 'run.seed', -1, 'run.seed: expected'],
  ['an evaluation of no step', 'evaluations', [LATE], 'evaluations: step 9999 is beyond'],
  ['a fingerprint of no step', 'weights', WEIGHTS, 'weights: step 9999 is beyond'],
  ['an id that is a path', 'id', '../../x', 'id: expected 24'],
])('%s is refused with the path', (_, path, value, reason) => {
  const content = JSON.parse(exportRuns([SAMPLE], 0))
  const keys = path.split('.')
  const last = keys.pop()!
  keys.reduce((part, key) => part[key], content.runs[0])[last] = value
  expect(() => parseRuns(JSON.stringify(content))).toThrow(`runs[0].${reason}`)
})

test('of many faults the first are told, and how many there are, each in a line that can be shown', () => {
  const content = JSON.parse(exportRuns([SAMPLE], 0))
  content.runs[0].evaluations = Array(50_000).fill({ ['x'.repeat(5000)]: 1 })
  const found = read(JSON.stringify(content)) as InvalidConfig
  expect(found.problems).toHaveLength(21)
  expect(found.problems.at(-1)).toBe('and 249980 more')
  expect(Math.max(...found.problems.map((line) => line.length))).toBeLessThan(200)
})
