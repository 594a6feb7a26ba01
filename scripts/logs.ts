import { readFileSync } from 'node:fs'
import { basename } from 'node:path'

export interface LoggedStep {
  step: number
  loss: number
  seconds: number
}

export interface LoggedEvaluation {
  step: number
  evaluation: { loss: number; accuracy: number; images: number }
}

/** A run as `--log` wrote it. */
export interface LoggedRun {
  /** The file's, without what all such files end with. */
  name: string
  steps: LoggedStep[]
  evaluations: LoggedEvaluation[]
}

/** The logs that the command line names; throws where it names none. */
export function namedLogs(): LoggedRun[] {
  const files = process.argv.slice(2)
  if (files.length === 0) throw new Error('which log? Name a file that --log wrote.')
  return files.map((file) => {
    const lines: (LoggedStep | LoggedEvaluation)[] = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    return {
      name: basename(file, '.jsonl'),
      steps: lines.filter((line): line is LoggedStep => 'loss' in line),
      evaluations: lines.filter((line): line is LoggedEvaluation => 'evaluation' in line),
    }
  })
}
