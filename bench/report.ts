import type { Figure, Unit } from './figures'
import type { Goal } from './goals'
import type { ContenderFigures } from './measure'
import type { BenchResult } from './result'
import { median, medianRatio } from './statistics'

const digits = (value: number, count = 3) =>
  value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(count)))
const seconds = (ms: number | undefined) => (ms === undefined ? '–' : digits(ms / 1000))
const megabytes = (bytes: number | undefined) => (bytes ? digits(bytes / 1e6) : '–')

const FORMATS: Record<Unit, (value: number) => string> = {
  times: (value) => `${digits(value)} ×`,
  share: (value) => `${digits(100 * value)} %`,
  ms: (value) => (value >= 1000 ? `${digits(value / 1000)} s` : `${digits(value)} ms`),
  bytes: (value) => `${digits(value / 1e6)} MB`,
  count: (value) => digits(value),
  'FLOP/s': (value) => `${digits(value / 1e9)} GFLOP/s`,
  'bytes/s': (value) => `${digits(value / 1e9)} GB/s`,
}

/** A table of texts: the first column names the row, the others are figures. */
export interface Table {
  head: readonly string[]
  rows: readonly (readonly string[])[]
}

/** The result in words and tables. */
export interface Report {
  title: string
  /** Where and how it was measured, a line each. */
  circumstances: string[]
  /** Who could not be run, and whose losses differ, a sentence each. */
  faults: string[]
  steps: Table
  losses: Table
  figures: Table
}

export function reportOf(result: BenchResult): Report {
  const { net, batch, flop, contenders, figures, disagreements } = result
  const failed = contenders.filter(({ notRun }) => notRun !== undefined)
  return {
    title: `${net}, option A, batch ${batch}, f32: ${digits(flop / 1e9)} GFLOP a step`,
    circumstances: circumstances(result),
    faults: [
      ...failed.map(({ title, notRun }) => `${title}: not run: ${notRun}`),
      ...disagreements.map((sentence) => `DIFFERENT LOSSES: ${sentence}`),
    ],
    steps: stepTable(contenders),
    losses: lossTable(contenders),
    figures: figureTable(figures),
  }
}

/** The whole result as Markdown, to be read in a terminal or put into a document. */
export function report(result: BenchResult): string {
  const { title, circumstances, faults, steps, losses, figures } = reportOf(result)
  return [
    ...[title, ''],
    ...[...circumstances.map((line) => `- ${line}`), ''],
    ...[...markdown(steps), ''],
    ...[...markdown(losses), ''],
    ...faults.flatMap((sentence) => [sentence, '']),
    ...markdown(figures),
  ].join('\n')
}

function circumstances({ machine, adapter, runtime, date, how }: BenchResult): string[] {
  const software = adapter.software ? ' (computes in software: says nothing of a GPU)' : ''
  return [
    `adapter: ${adapter.name}${software}`,
    ...(machine
      ? [
          `machine: ${machine.cores} × ${machine.processor}, ${machine.system}`,
          `load before: ${machine.load.toFixed(1)} processes on ${machine.cores} cores`,
        ]
      : []),
    `WebGPU: ${runtime}`,
    `date: ${date}`,
    how,
  ]
}

/** The columns of goals only where there are some. */
function figureTable(figures: readonly Figure[]): Table {
  const goals = figures.some(({ goal }) => goal)
  return {
    head: ['figure', 'here', ...(goals ? ['goal', 'reached'] : [])],
    rows: figures.map((figure) => [figure.title, shown(figure), ...(goals ? goalOf(figure) : [])]),
  }
}

function stepTable(contenders: readonly ContenderFigures[]): Table {
  return {
    head: [
      'training step, loss read back',
      'ms, median (least–most)',
      'to ours',
      'first step cold / warm, s',
      'GPU buffers, MB',
      'dispatches',
    ],
    rows: contenders
      .filter(({ stepMs }) => stepMs.length > 0)
      .map(({ name, title, stepMs, oursMs, firstStepMs, peakBytes, dispatches }) => [
        title,
        `${digits(median(stepMs))} (${digits(Math.min(...stepMs))}–${digits(Math.max(...stepMs))})`,
        name === 'ours' ? '1 ×' : `${digits(medianRatio(stepMs, oursMs))} ×`,
        `${seconds(firstStepMs.cold)} / ${seconds(firstStepMs.warm)}`,
        megabytes(peakBytes),
        String(dispatches ?? '–'),
      ]),
  }
}

const SHOWN_LOSSES = 6

function lossTable(contenders: readonly ContenderFigures[]): Table {
  const rows = contenders.filter(({ losses }) => losses.length > 0)
  const steps = Math.min(SHOWN_LOSSES, ...rows.map(({ losses }) => losses.length))
  return {
    head: ['loss at step', ...Array.from({ length: steps }, (_, i) => String(i + 1))],
    rows: rows.map(({ title, losses }) => [
      title,
      ...losses.slice(0, steps).map((loss) => loss.toFixed(5)),
    ]),
  }
}

function shown({ value, unit }: Figure): string {
  return FORMATS[unit](value)
}

function goalOf({ unit, goal, reached }: Figure): [string, string] {
  if (!goal) return ['–', '']
  return [`${signOf(goal)} ${FORMATS[unit](bound(goal))}`, reached ? 'yes' : 'no']
}

const signOf = (goal: Goal) => ('least' in goal ? '≥' : '≤')
const bound = (goal: Goal) => ('least' in goal ? goal.least : goal.most)

/** A Markdown table whose columns line up. */
function markdown({ head, rows }: Table): string[] {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]!.length)),
  )
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join(' | ')} |`
  const rule = widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`))
  return [line(head), line(rule), ...rows.map(line)]
}
