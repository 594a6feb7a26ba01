/**
 * Compares the losses of runs with the first one's, as a table in Markdown.
 * npm run --silent losses -- FIRST.jsonl OTHER.jsonl …
 */
import { type LoggedRun, namedLogs } from './logs'

/** Steps at the end over which a loss is averaged. */
const LAST = 20

const [first, ...others] = namedLogs()

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** The largest difference of a step's loss from the first run's, among the first `count` steps. */
function largest({ steps }: LoggedRun, count: number): string {
  const differences = steps
    .slice(0, count)
    .map(({ loss }, i) => Math.abs(loss - first!.steps[i]!.loss))
  return Math.max(...differences).toPrecision(2)
}

const rows = [first!, ...others].map((run) => {
  const last = run.steps.slice(-LAST).map(({ loss }) => loss)
  const { loss, accuracy, images } = run.evaluations.at(-1)!.evaluation
  return [
    run.name,
    ...[1, 10, run.steps.length].map((count) => (run === first ? '–' : largest(run, count))),
    mean(last).toFixed(3),
    run.steps.at(-1)!.loss.toFixed(3),
    loss.toFixed(3),
    `${(100 * accuracy).toFixed(1)} % of ${images}`,
  ]
})

const head = [
  ...['log', 'largest difference: step 0', 'steps 0 to 9', 'all steps'],
  ...[`mean loss of the last ${LAST}`, 'last loss', 'validation loss', 'validation accuracy'],
]
const line = (cells: string[]) => `| ${cells.join(' | ')} |\n`
process.stdout.write(line(head) + line(head.map(() => '---')) + rows.map(line).join(''))
