import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { MeterLine } from '../src/cli/log'

export interface LoggedStep {
  step: number
  loss: number
  seconds: number
}

export interface LoggedEvaluation {
  step: number
  evaluation: { loss: number; accuracy: number; images: number }
}

/** A run as `--log` wrote it, or a lane of a comparison. */
export interface LoggedRun {
  /** The lane's, with its seed where it has several; or the file's, without its ending. */
  name: string
  steps: LoggedStep[]
  evaluations: LoggedEvaluation[]
  /** What the signal meter read, with `--meter`. */
  readings: MeterLine[]
}

type Line = (LoggedStep | LoggedEvaluation | MeterLine) & { lane?: string; seed?: number }

/** The runs of one log: itself or, of a comparison, each lane with each seed. */
function runsOf(file: string): LoggedRun[] {
  const lines: Line[] = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  const several = new Set(lines.map(({ seed }) => seed)).size > 1
  const nameOf = ({ lane, seed }: Line) =>
    lane === undefined ? basename(file, '.jsonl') : several ? `${lane}, seed ${seed}` : lane
  return Array.from(new Set(lines.map(nameOf)), (name) => {
    const own = lines.filter((line) => nameOf(line) === name)
    return {
      name,
      steps: own.filter((line): line is LoggedStep => 'loss' in line),
      evaluations: own.filter((line): line is LoggedEvaluation => 'evaluation' in line),
      readings: own.filter((line): line is MeterLine => 'meter' in line),
    }
  })
}

/** The runs of the logs that the command line names; throws where it names none. */
export function namedLogs(): LoggedRun[] {
  const files = process.argv.slice(2)
  if (files.length === 0) throw new Error('which log? Name a file that --log wrote.')
  return files.flatMap(runsOf)
}
