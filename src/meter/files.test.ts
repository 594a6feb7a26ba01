import { expect, test } from 'vitest'
import { FIRST_RUN } from '../run/presets'
import { fakeReading } from '../worker/fake-meter'
import { readingsCsv, readingsJson } from './files'
import { ReadingHistory } from './history'
import type { MeteredNet } from './net'

const history = new ReadingHistory()
for (const step of [0, 10]) history.add(fakeReading({ run: FIRST_RUN, stepMs: 10 }, step))
const NET: MeteredNet = { id: 'run', name: '=v2, mine', lane: 0, run: FIRST_RUN, history }

test('the CSV has a row a unit and reading, with an equal number of cells in each', () => {
  const rows = readingsCsv([NET]).trimEnd().split('\n')
  expect(rows).toHaveLength(1 + 2 * 3)
  expect(rows[0]).toMatch(/^net,step,stage,unit,x,h,f,y,output,fOverX,gradient,.*,stage_defect$/)
  const cells = rows.map((row) => row.replace('"\'=v2, mine"', 'net').split(','))
  expect(new Set(cells.map(({ length }) => length)).size).toBe(1)
  const { units, stages } = history.readings[1]!
  const [, step, stage, unit, x] = cells[4]!
  expect([step, stage, unit, Number(x)]).toEqual([
    '10',
    '1',
    'layer1.0',
    expect.closeTo(units[0]!.x, 8),
  ])
  expect(Number(cells[4]!.at(-1))).toBeCloseTo(stages[0]!.defect!, 12)
})

test('the JSON has the readings as they came, and the settings', () => {
  expect(JSON.parse(readingsJson([NET]))).toEqual({
    format: 1,
    nets: [{ name: NET.name, run: FIRST_RUN, readingsMade: 2, readings: history.readings }],
  })
})
