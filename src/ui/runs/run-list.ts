import type { RunRecord } from '../../archive/record'
import { modelName } from '../../models/presets'
import { runName } from './run-name'

export const ORDERS = {
  newest: 'Newest first',
  oldest: 'Oldest first',
  name: 'By name',
  accuracy: 'Best accuracy first',
  steps: 'Most steps first',
} as const
export type Order = keyof typeof ORDERS

/** The best validation accuracy of a run, or −1 where it was never validated. */
export function bestAccuracy({ evaluations }: RunRecord): number {
  return evaluations.reduce((best, { accuracy }) => Math.max(best, accuracy), -1)
}

const COMPARE: Record<Order, (a: RunRecord, b: RunRecord) => number> = {
  newest: (a, b) => b.startedAt - a.startedAt,
  oldest: (a, b) => a.startedAt - b.startedAt,
  name: (a, b) => runName(a).localeCompare(runName(b)),
  accuracy: (a, b) => bestAccuracy(b) - bestAccuracy(a),
  steps: (a, b) => b.steps - a.steps,
}

/** The runs in which every word of the search occurs, in order; starred ones before the others. */
export function listed(runs: readonly RunRecord[], search: string, order: Order): RunRecord[] {
  const words = search.toLowerCase().split(/\s+/)
  const text = ({ name, note, run, device, group }: RunRecord) =>
    [name, note, modelName(run.model), run.data.name, `seed ${run.seed}`, device.name, group?.lane]
      .join(' ')
      .toLowerCase()
  return runs
    .filter((record) => words.every((word) => text(record).includes(word)))
    .toSorted((a, b) => Number(b.starred) - Number(a.starred) || COMPARE[order](a, b))
}
