import { cifarSpec } from '../models/presets'
import { type Reported, reported } from '../models/reported'
import { type Block, type ModelSpec, ORDERS, type Order, type Shortcut } from '../models/spec'
import type { ComparisonConfig } from './comparison'
import { brief, comparison, narrow } from './comparison-presets'
import type { DataConfig, RunConfig } from './config'
import { FIRST_RUN } from './presets'

/** Table 1 of He et al. 2016 (the shortcuts), and Table 2 (the orders of the layers). */
export const LAB_TABLES = ['shortcuts', 'orders'] as const
export type LabTable = (typeof LAB_TABLES)[number]

/** The rows of Table 1 by their names in the page's address. */
const SHORTCUTS = {
  identity: { kind: 'identity' },
  none: { kind: 'none' },
  'scaling-one': { kind: 'scaling', shortcut: 0.5, residual: 1 },
  'scaling-half': { kind: 'scaling', shortcut: 0.5, residual: 0.5 },
  'exclusive-gate-0': { kind: 'exclusive-gate', bias: 0 },
  'exclusive-gate-6': { kind: 'exclusive-gate', bias: -6 },
  'exclusive-gate-7': { kind: 'exclusive-gate', bias: -7 },
  'shortcut-gate-0': { kind: 'shortcut-gate', bias: 0 },
  'shortcut-gate-6': { kind: 'shortcut-gate', bias: -6 },
  conv1x1: { kind: 'conv1x1' },
  dropout: { kind: 'dropout', rate: 0.5 },
} as const satisfies Record<string, Shortcut>
type ShortcutName = keyof typeof SHORTCUTS

/** A unit of a table, with the net that it is tried in here and what the paper found. */
export interface LabCell {
  /** Unique in its table: `exclusive-gate-6`, `original-164`. */
  id: string
  unit: ShortcutName | Order
  /** A small net of such units: half as wide as the papers' and 20 layers deep. */
  model: ModelSpec
  paper: Reported
}

export interface LabRow {
  id: 'clean' | 'scaling' | 'exclusive' | 'shortcutOnly' | 'others' | Block
  cells: readonly LabCell[]
}

const PAPER_DEPTH: Record<Block, number> = { basic: 110, bottleneck: 164 }

function cell(
  id: string,
  unit: LabCell['unit'],
  block: Block,
  change: Partial<ModelSpec>,
): LabCell {
  const model = narrow({ ...cifarSpec({ version: 'v1', block, depth: 20 }), ...change })
  return { id, unit, model, paper: reported(model, PAPER_DEPTH[block])! }
}

const row = (id: LabRow['id'], ...names: ShortcutName[]): LabRow => ({
  id,
  cells: names.map((name) => cell(name, name, 'basic', { shortcut: SHORTCUTS[name] })),
})

const orders = (block: Block): LabRow => ({
  id: block,
  cells: ORDERS.map((order) => cell(`${order}-${PAPER_DEPTH[block]}`, order, block, { order })),
})

export const LABS: Record<LabTable, readonly LabRow[]> = {
  shortcuts: [
    row('clean', 'identity'),
    row('scaling', 'none', 'scaling-one', 'scaling-half'),
    row('others', 'conv1x1', 'dropout'),
    row('exclusive', 'exclusive-gate-0', 'exclusive-gate-6', 'exclusive-gate-7'),
    row('shortcutOnly', 'shortcut-gate-0', 'shortcut-gate-6'),
  ],
  orders: [orders('basic'), orders('bottleneck')],
}

/** How a cell is trained here: in minutes, on the pictures that are here. */
export function labRun(model: ModelSpec, pictures: DataConfig['name']): RunConfig {
  const run = { ...FIRST_RUN, model }
  return pictures === 'cifar10' ? brief(run) : run
}

/** A row side by side; Table 1's with the identity before its rivals. */
export function labComparison(
  { cells }: LabRow,
  pictures: DataConfig['name'],
  nameOf: (cell: LabCell) => string,
): ComparisonConfig {
  const [identity] = LABS.shortcuts[0]!.cells
  const rivals = cells.some(({ unit }) => unit in SHORTCUTS && unit !== 'identity')
  const all = rivals ? [identity!, ...cells] : cells
  const names = new Map(all.map((cell) => [JSON.stringify(cell.model), nameOf(cell)]))
  return comparison(
    all.map(({ model }) => model),
    ({ model }) => labRun(model, pictures),
    1,
    (model) => names.get(JSON.stringify(model))!,
  )
}

/** The cell that a fragment of the page's address names (`#labs/orders/original-110`). */
export function labCellOf(hash: string): { table: LabTable; id: string } | undefined {
  const [, name, id] = hash.split('/')
  const table = LAB_TABLES.find((table) => table === name)
  const known = table && LABS[table].some(({ cells }) => cells.some((cell) => cell.id === id))
  return known ? { table, id: id! } : undefined
}
