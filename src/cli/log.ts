import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'
import type { Past, TimedStep } from '../train/loop'
import type { MeterReading } from '../train/meter-reading'
import type { EvaluationResult } from '../train/trainer'
import { writeWhole } from './whole-file'

/** A reading of the signal meter as a line of a log: `step` stands in front of it. */
export interface MeterLine {
  step: number
  meter: Omit<MeterReading, 'step'>
}

export function meterLine({ step, ...meter }: MeterReading): MeterLine {
  return { step, meter }
}

type Line = (TimedStep | { step: number; evaluation: EvaluationResult } | MeterLine) & {
  /** The hash of the weights, on the last line. */
  weights?: string
}

/** A log of JSON lines. The last one is held back, so that the end can add to it. */
export class JsonLog {
  private readonly file: number
  private held: Line | undefined

  constructor(path: string, mode: 'w' | 'a' = 'w') {
    this.file = openSync(path, mode)
  }

  /** The log of a run that goes on after `past`, without the lines that the run makes again. */
  static resume(path: string, past: Past & { length: number }): JsonLog {
    const lines = readLines(path).filter((line) =>
      'evaluation' in line ? line.step <= past.evaluatedAt : line.step < past.length,
    )
    writeWhole(path, lines.map(encode).join(''))
    return new JsonLog(path, 'a')
  }

  write(lines: readonly Line[]): void {
    if (lines.length === 0) return
    this.flush()
    this.held = lines.at(-1)
    writeSync(this.file, lines.slice(0, -1).map(encode).join(''))
  }

  /** Writes the line that is held back. */
  flush(): void {
    if (this.held) writeSync(this.file, encode(this.held))
    this.held = undefined
  }

  /** Adds the hash of the weights to the last line. */
  end(weights: string): void {
    if (this.held) this.held = { ...this.held, weights }
    this.flush()
  }

  close(): void {
    this.flush()
    closeSync(this.file)
  }
}

function encode(line: Line): string {
  return `${JSON.stringify(line)}\n`
}

/** The lines of a run's log, without the hash of its end. */
function readLines(path: string): Line[] {
  const isLine = (json: Record<string, unknown>) =>
    Number.isInteger(json.step) && ['loss', 'evaluation', 'meter'].some((key) => key in json)
  return logLines<Line>(path, isLine).map(({ weights: _, ...line }) => line as Line)
}

/** The lines of a log, if there is one, but for a last one cut short; refuses another's. */
export function logLines<T>(path: string, isLine: (json: Record<string, unknown>) => boolean): T[] {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  return whole
    .split('\n')
    .slice(0, -1)
    .map((line, i) => {
      const json = parsed(line)
      if (json && isLine(json)) return json as T
      throw new Error(
        `${path}: line ${i + 1} is none of a run's log; name the log of the resumed run, or another file`,
      )
    })
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const json: unknown = JSON.parse(text)
    return typeof json === 'object' && json !== null ? { ...json } : undefined
  } catch {
    return undefined
  }
}
