import { cell, digits } from '../curves/csv'
import type { MeteredNet } from './net'
import { quantityOf, UNIT_QUANTITIES } from './quantities'

const HEAD = ['net', 'step', 'stage', 'unit', ...UNIT_QUANTITIES, 'stage_defect']

/**
 * The readings as a row a unit: steps done before the reading, stages counted from 1. Equation 4's
 * defect of a stage stands in the row of its last unit.
 */
export function readingsCsv(nets: readonly MeteredNet[]): string {
  const rows = [HEAD.join(',')]
  for (const { name, history } of nets) {
    for (const { step, units, stages } of history.readings) {
      for (const unit of units) {
        const ended = stages.find(({ last }) => last === unit.name)
        const figures = [
          ...UNIT_QUANTITIES.map((quantity) => quantityOf(unit, quantity)),
          ended?.defect ?? undefined,
        ]
        const told = figures.map((value) => (value === undefined ? '' : digits(value)))
        rows.push([cell(name), step, unit.stage + 1, unit.name, ...told].join(','))
      }
    }
  }
  return `${rows.join('\n')}\n`
}

/** The readings as they came, with each net's settings. */
export function readingsJson(nets: readonly MeteredNet[]): string {
  const content = {
    format: 1,
    nets: nets.map(({ name, run, history }) => ({
      ...{ name, run },
      readingsMade: history.total,
      readings: history.readings,
    })),
  }
  return `${JSON.stringify(content, undefined, 1)}\n`
}
