import { modelName } from '../models/presets'
import type { WholeRun } from './exchange'

const COLUMNS = [
  ...['run', 'step', 'loss', 'correct', 'batch_size', 'learning_rate', 'seconds'],
  ...['validation_loss', 'validation_accuracy', 'validation_images'],
]

/** A text as a cell: quoted, and never taken for a formula by a spreadsheet. */
function cell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return `"${plain.replaceAll('"', '""')}"`
}

/** Runs as a table (RFC 4180): a row a step, validations at the step after which they were made. */
export function runsToCsv(runs: readonly WholeRun[]): string {
  const rows = [COLUMNS.join(',')]
  for (const { record, steps } of runs) {
    const name = cell(record.name || modelName(record.run.model))
    const { batchSize } = record.run.train
    const evaluated = new Map(record.evaluations.map((evaluation) => [evaluation.step, evaluation]))
    for (let i = 0; i < steps.loss.length; i++) {
      const { loss, accuracy, images } = evaluated.get(i + 1) ?? {}
      const figures = [steps.loss[i], steps.correct[i], batchSize, steps.learningRate[i]]
      const validation = [loss, accuracy, images].map((value) => value ?? '')
      rows.push([name, i + 1, ...figures, steps.seconds[i], ...validation].join(','))
    }
  }
  return `${rows.join('\r\n')}\r\n`
}
