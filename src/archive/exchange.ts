import * as v from 'valibot'
import { flag, InvalidConfig, integer, parseWith, real, show } from '../models/validation'
import { adjustmentsSchema } from '../run/adjustment'
import { MAX_LANES, MAX_SEEDS, parseComparison } from '../run/comparison'
import { parseRun } from '../run/config'
import { sameJson } from '../run/same'
import type { EvaluationRecord, LaneOf, RunRecord, StepColumns } from './record'

/** A run with the figures of its steps. */
export interface WholeRun {
  record: RunRecord
  steps: StepColumns
}

const KIND = 'residual-playground runs'
const MAX_STEPS = 10_000_000
const MAX_TIME = 8.64e15
/** Read into memory whole: more than some hundred runs of 64,000 steps, and less than a page dies of. */
export const MAX_FILE_BYTES = 256 * 2 ** 20

/** JSON has no numbers that are not finite: a diverged run's losses stand as texts. */
type Encoded = number | 'NaN' | 'Infinity' | '-Infinity'

const encode = (value: number): Encoded =>
  Number.isFinite(value) ? value : (String(value) as Encoded)

const NOT_FINITE: ReadonlyMap<unknown, number> = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
])

function decode(value: unknown): number | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return value
  return NOT_FINITE.get(value)
}

/** Runs as a file: settings and all figures, and no checkpoint. */
export function exportRuns(runs: readonly WholeRun[], at: number): string {
  const content = {
    ...{ kind: KIND, format: 1, exportedAt: new Date(at).toISOString() },
    runs: runs.map(encodeRun),
  }
  return `${JSON.stringify(content)}\n`
}

function encodeRecord(record: RunRecord) {
  const { checkpoint: _, setAside: __, deletedAt: ___, evaluations, ...rest } = record
  return {
    ...rest,
    evaluations: evaluations.map(({ loss, ...figures }) => ({ ...figures, loss: encode(loss) })),
  }
}

function encodeRun({ record, steps }: WholeRun) {
  return {
    ...encodeRecord(record),
    columns: {
      loss: Array.from(steps.loss, encode),
      correct: Array.from(steps.correct),
      learningRate: Array.from(steps.learningRate),
      seconds: Array.from(steps.seconds),
    },
  }
}

const text = (most: number) =>
  v.custom<string>(
    (x) => typeof x === 'string' && x.length <= most,
    (issue) => `expected a text of at most ${most} characters, got ${show(issue.input)}`,
  )
const pattern = (form: RegExp, what: string) =>
  v.custom<string>(
    (x) => typeof x === 'string' && form.test(x),
    (issue) => `expected ${what}, got ${show(issue.input)}`,
  )
const loss = v.pipe(
  v.custom<Encoded>(
    (x) => decode(x) !== undefined,
    (issue) => `expected a number, "NaN" or "Infinity", got ${show(issue.input)}`,
  ),
  v.transform((x) => decode(x)!),
)
const count = integer(0, MAX_STEPS)
const time = integer(0, MAX_TIME)

/** A list that is checked without an issue for each of millions of entries. */
function column(what: string, accepts: (value: unknown) => boolean) {
  const wrong = (list: unknown) =>
    Array.isArray(list) ? list.findIndex((value) => !accepts(value)) : -1
  return v.custom<unknown[]>(
    (list) => Array.isArray(list) && list.length <= MAX_STEPS && wrong(list) < 0,
    ({ input }) => {
      if (!Array.isArray(input)) return `expected a list, got ${show(input)}`
      const at = wrong(input)
      if (at < 0) return `expected at most ${MAX_STEPS} entries, got ${input.length}`
      return `[${at}]: expected ${what}, got ${show(input[at])}`
    },
  )
}

const atLeast0 = (x: unknown) => typeof x === 'number' && Number.isFinite(x) && x >= 0

const columnsSchema = v.strictObject({
  loss: column('a number, "NaN" or "Infinity"', (x) => decode(x) !== undefined),
  correct: column('a count', (x) => Number.isInteger(x) && (x as number) >= 0),
  learningRate: column('a number of at least 0', atLeast0),
  seconds: column('a number of at least 0', atLeast0),
})

const statusSchema = v.variant('state', [
  v.strictObject({ state: v.literal('training') }),
  v.strictObject({ state: v.literal('paused') }),
  v.strictObject({ state: v.literal('finished') }),
  v.strictObject({ state: v.literal('failed'), message: text(2000) }),
])

const runSchema = v.strictObject({
  id: pattern(/^[0-9a-f]{24}$/, '24 hexadecimal digits'),
  name: text(200),
  note: text(20_000),
  starred: flag(),
  run: v.unknown(),
  startsFrom: v.exactOptional(text(300)),
  startedAt: time,
  updatedAt: time,
  status: statusSchema,
  steps: count,
  evaluations: v.array(
    v.strictObject({ step: count, loss, accuracy: real(0, 1), images: integer(1, MAX_STEPS) }),
  ),
  adjustments: v.exactOptional(adjustmentsSchema),
  device: v.strictObject({ name: text(300), software: flag() }),
  versions: v.strictObject({ app: text(100), commit: text(100), browser: text(300) }),
  weights: v.exactOptional(
    v.strictObject({ step: count, sha256: pattern(/^[0-9a-f]{64}$/, '64 hexadecimal digits') }),
  ),
  group: v.exactOptional(
    v.strictObject({
      id: text(100),
      comparison: v.unknown(),
      lane: integer(0, MAX_LANES - 1),
      seedIndex: integer(0, MAX_SEEDS - 1),
    }),
  ),
  columns: columnsSchema,
})

const fileSchema = v.strictObject({
  kind: v.literal(KIND, (issue) => `expected "${KIND}", got ${issue.received}`),
  format: v.literal(
    1,
    (issue) => `expected 1, the format that this version reads, got ${issue.received}`,
  ),
  exportedAt: text(40),
  runs: v.array(v.unknown()),
})

/** The runs of an exported file; throws `InvalidConfig` with the path and reason of each fault. */
export function parseRuns(file: string): WholeRun[] {
  let json: unknown
  try {
    json = JSON.parse(file)
  } catch {
    throw new InvalidConfig(['it is no JSON'])
  }
  return parseWith(fileSchema, json).runs.map((run, i) =>
    within(`runs[${i}]`, () => decodeRun(run)),
  )
}

function decodeRun(input: unknown): WholeRun {
  const { columns, run: settings, group: told, ...rest } = parseWith(runSchema, input)
  const run = within('run', () => parseRun(settings))
  const group = told && within('group', () => decodeGroup(told))
  const problems = Object.entries(columns)
    .filter(([, column]) => column.length !== rest.steps)
    .map(
      ([key, column]) => `columns.${key}: ${rest.steps} steps need as many, got ${column.length}`,
    )
  const { batchSize } = run.train
  const most = columns.correct.findIndex((value) => (value as number) > batchSize)
  if (most >= 0) problems.push(`columns.correct[${most}]: more than the batch of ${batchSize}`)
  const { steps, evaluations, adjustments = [], weights } = rest
  const dated = { evaluations, adjustments, weights: weights ? [weights] : [] }
  for (const [key, list] of Object.entries(dated)) {
    const late = list.find(({ step }) => step > steps)
    if (late) problems.push(`${key}: step ${late.step} is beyond the ${steps} that were made`)
  }
  if (problems.length > 0) throw new InvalidConfig(problems)
  return {
    record: {
      ...{ ...rest, run, evaluations: rest.evaluations as EvaluationRecord[] },
      ...(group ? { group } : {}),
    },
    steps: {
      loss: Float32Array.from(columns.loss, (value) => decode(value)!),
      correct: Uint32Array.from(columns.correct as number[]),
      learningRate: Float64Array.from(columns.learningRate as number[]),
      seconds: Float64Array.from(columns.seconds as number[]),
    },
  }
}

function decodeGroup(group: Omit<LaneOf, 'comparison'> & { comparison: unknown }): LaneOf {
  const comparison = within('comparison', () => parseComparison(group.comparison))
  const { lane, seedIndex } = group
  const { lanes, seeds } = comparison
  if (lane < lanes.length && seedIndex < seeds) return { ...group, comparison }
  throw new InvalidConfig([
    `lane: the comparison has no lane ${lane + 1} with a seed ${seedIndex + 1}`,
  ])
}

function inPath(path: string, line: string): string {
  if (/^and \d+ more$/.test(line)) return line
  return line.startsWith('[') ? `${path}${line}` : `${path}.${line}`
}

/** Does `work`; its faults are told with the path that leads there. */
function within<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof InvalidConfig)) throw error
    throw new InvalidConfig(error.problems.map((line) => inPath(path, line)))
  }
}

/** True where two runs are the same but for what their users call them. */
export function sameRun(a: WholeRun, b: WholeRun): boolean {
  const comparable = ({ record }: WholeRun) => {
    const {
      id: _,
      name: __,
      note: ___,
      starred: ____,
      updatedAt: _____,
      ...rest
    } = encodeRecord(record)
    return rest
  }
  return sameJson(comparable(a), comparable(b)) && sameSteps(a.steps, b.steps)
}

function sameSteps(a: StepColumns, b: StepColumns): boolean {
  const keys = Object.keys(a) as (keyof StepColumns)[]
  return keys.every(
    (key) =>
      a[key].length === b[key].length && a[key].every((value, i) => Object.is(value, b[key][i])),
  )
}
