import { expect, test } from 'vitest'
import { parseComparison } from './comparison'
import { parseRun } from './config'
import { LAB_TABLES, LABS, type LabCell, labCellOf, labComparison, labRun } from './labs'

const rows = LAB_TABLES.flatMap((table) => LABS[table].map((row) => ({ table, row })))
const cells = rows.flatMap(({ table, row }) => row.cells.map((cell) => ({ table, cell })))
const nameOf = ({ id }: LabCell) => id

test("the cells have the paper's figures", () => {
  const figures = (table: 'shortcuts' | 'orders') =>
    LABS[table].flatMap(({ cells }) => cells.map(({ id, paper }) => [id, paper.error]))
  const fails = 'fails (over 20 %)'
  expect(figures('shortcuts')).toEqual([
    ['identity', '6.61 %'],
    ['none', fails],
    ['scaling-one', fails],
    ['scaling-half', '12.35 %'],
    ['conv1x1', '12.22 %'],
    ['dropout', fails],
    ['exclusive-gate-0', fails],
    ['exclusive-gate-6', '8.70 %'],
    ['exclusive-gate-7', '9.81 %'],
    ['shortcut-gate-0', '12.86 %'],
    ['shortcut-gate-6', '6.91 %'],
  ])
  expect(figures('orders').slice(5)).toEqual([
    ['original-164', '5.93 %'],
    ['bn-after-addition-164', '6.50 %'],
    ['relu-before-addition-164', '6.14 %'],
    ['relu-only-preactivation-164', '5.91 %'],
    ['full-preactivation-164', '5.46 %'],
  ])
})

test.each(cells)('$cell.id of $table is a run on either pictures', ({ cell }) => {
  for (const pictures of ['shapes10', 'cifar10'] as const) {
    const run = labRun(cell.model, pictures)
    expect(parseRun(run)).toEqual(run)
    expect(run.data.name).toBe(pictures)
  }
})

test.each(rows)('row $row.id of $table is a comparison', ({ row }) => {
  const comparison = labComparison(row, 'shapes10', nameOf)
  expect(parseComparison(comparison)).toEqual(comparison)
})

test('the rivals are compared with the identity, the orders with each other', () => {
  const lanes = (table: 'shortcuts' | 'orders', row: number) =>
    labComparison(LABS[table][row]!, 'shapes10', nameOf).lanes.map(({ name }) => name)
  expect(lanes('shortcuts', 1)).toEqual(['identity', 'none', 'scaling-one', 'scaling-half'])
  expect(lanes('shortcuts', 0)).toEqual(['identity'])
  expect(lanes('orders', 0)).toHaveLength(5)
})

test('each cell has an address, and another address is no cell', () => {
  for (const { table, cell } of cells) {
    expect(labCellOf(`#labs/${table}/${cell.id}`)).toEqual({ table, id: cell.id })
  }
  for (const hash of ['#labs', '#labs/orders', '#labs/orders/identity', '#labs/toString/x']) {
    expect(labCellOf(hash)).toBeUndefined()
  }
})
