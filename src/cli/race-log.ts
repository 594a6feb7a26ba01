import { closeSync, openSync, writeSync } from 'node:fs'
import type { ComparisonConfig } from '../run/comparison'
import { endOf } from '../train/lane-track'
import type { TimedStep } from '../train/loop'
import type { Place, RaceRecord } from '../train/race'
import type { EvaluationResult } from '../train/trainer'
import { logLines, type MeterLine } from './log'
import { writeWhole } from './whole-file'

type Content =
  | TimedStep
  | { step: number; evaluation: EvaluationResult }
  | MeterLine
  | { step: number; weights: string }
  | { step: number; diverged: string }

type Line = Content & { lane: string; seed: number }

/** A log of JSON lines of all lanes: those of a run, each with its lane's name and its seed. */
export class RaceLog {
  private readonly file: number

  constructor(
    path: string,
    private readonly comparison: ComparisonConfig,
    mode: 'w' | 'a' = 'w',
  ) {
    this.file = openSync(path, mode)
  }

  /** The log of a race that goes on, without the lines that it writes again. */
  static resume(path: string, record: RaceRecord): RaceLog {
    const lines = logLines<Line>(path, isLine).filter((line) => isBehind(line, record))
    writeWhole(path, lines.map(encode).join(''))
    return new RaceLog(path, record.comparison, 'a')
  }

  write({ lane, seedIndex }: Place, lines: readonly Content[]): void {
    const { lanes, seed } = this.comparison
    const place = { lane: lanes[lane]!.name, seed: seed + seedIndex }
    writeSync(this.file, lines.map((line) => encode({ ...place, ...line })).join(''))
  }

  close(): void {
    closeSync(this.file)
  }
}

function encode(line: Line): string {
  return `${JSON.stringify(line)}\n`
}

function isLine(json: Record<string, unknown>): boolean {
  const known = ['loss', 'evaluation', 'meter', 'weights', 'diverged'].some((key) => key in json)
  return known && ['step', 'seed'].every((key) => Number.isInteger(json[key])) && 'lane' in json
}

/** True where the race had given the line when it was recorded. */
function isBehind(line: Line, { comparison, results }: RaceRecord): boolean {
  const lane = comparison.lanes.findIndex(({ name }) => name === line.lane)
  const lanes = results[line.seed - comparison.seed] ?? []
  const checkpoint = lanes[lane]
  if (!checkpoint) return false
  if ('loss' in line || 'meter' in line) return line.step < checkpoint.step
  if ('evaluation' in line) return checkpoint.evaluations.some(({ step }) => step === line.step)
  const closed = lanes.every((other) => endOf(other, comparison.until))
  return closed || ('diverged' in line && line.step < checkpoint.step)
}
