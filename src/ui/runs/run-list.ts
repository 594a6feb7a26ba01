import type { LaneOf, RunRecord } from '../../archive/record'
import { modelName } from '../../models/presets'
import { comparisonName } from '../../run/comparison'
import { runName } from './run-name'

export const ORDERS = ['newest', 'oldest', 'name', 'accuracy', 'steps'] as const
export type Order = (typeof ORDERS)[number]

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
  const text = (record: RunRecord) => {
    const { note, run, device, group } = record
    const net = modelName(run.model)
    const lanes = group ? comparisonName(group.comparison) : ''
    return [runName(record), note, net, run.data.name, `seed ${run.seed}`, device.name, lanes]
      .join(' ')
      .toLowerCase()
  }
  return runs
    .filter((record) => words.every((word) => text(record).includes(word)))
    .toSorted((a, b) => Number(b.starred) - Number(a.starred) || COMPARE[order](a, b))
}

/** Runs that stand together: the lanes of one race, or one run. */
export interface Listed {
  /** Of the first of them. */
  id: string
  race?: LaneOf
  records: readonly RunRecord[]
}

/** The lanes of a race together where the first of them stands, in their order. */
export function grouped(runs: readonly RunRecord[]): Listed[] {
  const races = new Map<string, RunRecord[]>()
  for (const run of runs) {
    const key = run.group?.id ?? run.id
    races.set(key, [...(races.get(key) ?? []), run])
  }
  return [...races.values()].map((found) => {
    const { id, group: race } = found[0]!
    if (!race) return { id, records: found }
    const place = ({ group }: RunRecord) => 10 * group!.lane + group!.seedIndex
    return { id, race, records: found.toSorted((a, b) => place(a) - place(b)) }
  })
}
