import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { deflateSync } from 'fflate'
import { exportRuns, parseRuns, type WholeRun } from '../../src/archive/exchange'
import { InvalidConfig } from '../../src/models/validation'
import { comparisonOf, parseComparison } from '../../src/run/comparison'
import { parseRun } from '../../src/run/config'
import {
  comparisonFromHash,
  comparisonToHash,
  InvalidLink,
  runFromHash,
  runToHash,
} from '../../src/run/link'
import { FIRST_RUN } from '../../src/run/presets'
import { damagedJson, textDamages } from '../json-damage'
import { type Input, must, type Reader, type Verdict } from './reader'

const RUN = { ...FIRST_RUN, train: { ...FIRST_RUN.train, steps: 20 } }
const COMPARISON = parseComparison({
  ...comparisonOf(RUN),
  lanes: [
    { name: 'v2', model: RUN.model },
    {
      name: 'plain',
      model: { ...RUN.model, shortcut: { kind: 'none' } },
      train: { momentum: 0.5 },
    },
  ],
  seeds: 2,
  until: { kind: 'time', seconds: 60 },
})

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

const whole: WholeRun = {
  record: {
    ...{ id: 'a'.repeat(24), name: 'Mine', note: 'a note', starred: true, run: RUN },
    ...{ startsFrom: 'a.safetensors', startedAt: 1, updatedAt: 2, steps: 3 },
    status: { state: 'failed', message: 'The GPU was lost.' },
    evaluations: [{ step: 2, loss: Number.NaN, accuracy: 0.5, images: 500 }],
    adjustments: [{ step: 1, momentum: 0.5 }],
    device: { name: 'A GPU', software: false },
    versions: { app: '1', commit: 'abc', browser: 'Browser 1' },
    weights: { step: 3, sha256: 'b'.repeat(64) },
    group: { id: 'c'.repeat(24), comparison: COMPARISON, lane: 1, seedIndex: 0 },
  },
  steps: {
    loss: Float32Array.of(2.3, Number.NaN, Number.POSITIVE_INFINITY),
    correct: Uint32Array.of(1, 2, 32),
    learningRate: Float64Array.of(0.1, 0.1, 0.1),
    seconds: Float64Array.of(1, 2, 3),
  },
}
const exported = exportRuns([whole], 0)

function readRuns(input: Input): Verdict {
  const runs = parseRuns(input as string)
  for (const { record, steps } of runs) {
    const { run, evaluations, adjustments = [], weights } = record
    parseRun(run)
    const lengths = Object.values(steps).map(({ length }) => length)
    must(
      lengths.every((length) => length === record.steps),
      'figures of other steps',
    )
    const told = [...evaluations, ...adjustments, ...(weights ? [weights] : [])]
    must(
      told.every(({ step }) => step <= record.steps),
      'a step that was not made',
    )
  }
  must(exportRuns(parseRuns(exportRuns(runs, 0)), 0) === exportRuns(runs, 0), 'runs that change')
  return exportRuns(runs, 0) === exported ? 'same' : 'other'
}

/** A link that holds this JSON, its checksum right. */
function linkTo(start: string, json: string): string {
  const bytes = new TextEncoder().encode(json)
  const check = createHash('sha256').update(bytes).digest().subarray(0, 4)
  const packed = Buffer.concat([check, deflateSync(bytes, { level: 9 })])
  return start + packed.toString('base64url')
}

/** They unpack to far more than they have characters. */
const bombs = (start: string) =>
  [60_000, 10_000_000].map((size) => linkTo(start, JSON.stringify('x'.repeat(size))))

const links = (start: string, hash: string, json: object) =>
  fc.oneof(
    textDamages.map((damage) => damage(hash)),
    textDamages.map((damage) => start + damage(hash.slice(start.length))),
    damagedJson(json).map((text) => linkTo(start, text)),
    fc.constantFrom(...bombs(start)),
  )

const shown = (lines: readonly string[]) =>
  must(lines.length <= 24 && lines.every((line) => line.length <= 400), 'more than can be shown')

/** JSON that a parser takes as something it must take again as the same. */
function reparsed<T>(parse: (input: unknown) => T, first: T, text: string): Verdict {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return 'refused'
  }
  const read = parse(json)
  must(same(parse(JSON.parse(JSON.stringify(read))), read), 'settings that change when written')
  return same(read, first) ? 'same' : 'other'
}

export const textReaders: readonly Reader[] = [
  {
    ...{ name: 'exported runs (.json)', weight: 10, refusals: [InvalidConfig] },
    inputs: damagedJson(JSON.parse(exported)),
    read: readRuns,
  },
  {
    ...{ name: 'run (.json)', weight: 10, refusals: [InvalidConfig] },
    inputs: damagedJson(RUN),
    read: (input) => reparsed(parseRun, RUN, input as string),
  },
  {
    ...{ name: 'comparison (.json)', weight: 10, refusals: [InvalidConfig] },
    inputs: damagedJson(COMPARISON),
    read: (input) => reparsed(parseComparison, COMPARISON, input as string),
  },
  {
    ...{ name: 'link to a run', weight: 10, refusals: [InvalidLink] },
    inputs: links('#run=', runToHash(RUN), RUN),
    read(input) {
      const { run, left } = runFromHash(input as string)
      must(same(parseRun(run), run), 'a run that is none')
      shown(left)
      return same(run, RUN) ? 'same' : 'other'
    },
  },
  {
    ...{ name: 'link to a comparison', weight: 10, refusals: [InvalidLink, InvalidConfig] },
    inputs: links('#compare=', comparisonToHash(COMPARISON), COMPARISON),
    read(input) {
      const { comparison, left } = comparisonFromHash(input as string)
      must(same(parseComparison(comparison), comparison), 'a comparison that is none')
      shown(left)
      return same(comparison, COMPARISON) ? 'same' : 'other'
    },
  },
]
