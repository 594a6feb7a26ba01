import { changeName } from './marks'
import { placeAfter } from './positions'
import type { CurveSeries } from './series'

const HEAD = [
  ...['series', 'seed', 'step', 'epoch', 'images', 'seconds', 'learning_rate'],
  ...['batch_loss', 'batch_accuracy'],
  ...['validation_loss', 'validation_accuracy', 'validation_images', 'changed'],
]

/** A text as a cell (RFC 4180); one that a spreadsheet would compute is made plain text. */
export function cell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}

/** Nine digits tell any two f32 apart. */
export const digits = (value: number) => String(Number(value.toPrecision(9)))

/**
 * The figures of every step of all series, a row a step: counted from 1, seeds too. Validation
 * stands in the row of the step after which it was made, a change in that of the first step with it.
 */
export function seriesCsv(all: readonly CurveSeries[]): string {
  const rows = [HEAD.join(',')]
  for (const series of all) {
    const name = cell(series.name)
    for (const [seed, history] of series.histories.entries()) {
      const { loss, correct, learningRate, seconds } = history
      const evaluations = new Map(history.evaluations.map((made) => [made.step, made]))
      const marks = new Map(history.marks.map((mark) => [mark.step + 1, mark]))
      for (let step = 1; step <= history.steps; step++) {
        const made = evaluations.get(step)
        const mark = marks.get(step)
        const at = (axis: 'epoch' | 'images') => digits(placeAfter(history, axis, series, step))
        const figures = [
          ...[seed + 1, step, at('epoch'), at('images'), digits(seconds[step - 1]!)],
          digits(learningRate[step - 1]!),
          digits(loss[step - 1]!),
          digits(correct[step - 1]! / series.batchSize),
        ]
        const validation = made
          ? [digits(made.loss), digits(made.accuracy), made.images]
          : ['', '', '']
        rows.push([name, ...figures, ...validation, mark ? cell(changeName(mark)) : ''].join(','))
      }
    }
  }
  return `${rows.join('\n')}\n`
}
