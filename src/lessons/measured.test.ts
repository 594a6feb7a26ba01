import { expect, test } from 'vitest'
import type { MeterReading } from '../worker/protocol'
import type { Check, Value } from './check'
import { judge, type Measured, type MeasuredRun, measure, unitOf } from './measured'
import { LESSON_RUN } from './setup'

const unit = (x: number, predicted: number | null) =>
  ({ x, gradient: { x: 2 * x, kept: null }, path: { predicted } }) as MeterReading['units'][number]

const reading = (step: number, ...xs: number[]): MeterReading => ({
  ...{ step, milliseconds: 1 },
  units: xs.map((x, i) => unit(x, i === 0 ? null : 0.5 ** i)),
  stages: [{ stage: 0, first: 'layer1.0', last: 'layer1.1', defect: 0.25 }],
})

const run = (...loss: number[]): MeasuredRun => ({
  loss: Float64Array.from(loss),
  correct: Float64Array.from(loss, (_, i) => i),
  evaluations: [{ step: 4, loss: 1, accuracy: 0.6, images: 200 }],
  readings: [reading(0, 1, 2, 3), reading(3, 4, 5, 6)],
})

const lane = (...runs: MeasuredRun[]) => ({
  ...{ model: LESSON_RUN.model, batchSize: 16, stepMs: 20, runs },
})

const measured: Measured = {
  lanes: [lane(run(2.4, 2.2, 2, 1.8)), lane(run(3, 1), run(3, 2), run(3, 2.5))],
  start: { seedIndex: 0, batches: [], sharedTensors: 40, sharedValues: 1000, unequal: ['a'] },
}

test.each<[Value, number | undefined]>([
  [{ kind: 'loss', at: 'first' }, 2.4],
  [{ kind: 'loss', at: 'last', over: 2 }, 1.9],
  [{ kind: 'loss', at: 'last', lane: 1 }, 2],
  [{ kind: 'loss', at: 'last', lane: 2 }, undefined],
  [{ kind: 'spread', of: { kind: 'loss', at: 'last', lane: 1 } }, 1.5],
  [{ kind: 'accuracy', of: 'validation' }, 0.6],
  [{ kind: 'accuracy', of: 'training', over: 2 }, 2.5 / 16],
  [{ kind: 'steps' }, 4],
  [{ kind: 'depth' }, 14],
  [{ kind: 'units', that: 'change-shape' }, 2],
  [{ kind: 'units', that: 'keep-shape' }, 4],
  [{ kind: 'step-ms' }, 20],
  [{ kind: 'shared-tensors' }, 40],
  [{ kind: 'unequal-tensors' }, 1],
  [{ kind: 'meter', at: 'first', of: 'x', unit: 'last' }, 3],
  [{ kind: 'meter', at: 'last', of: 'gradient', unit: 'largest' }, 12],
  [{ kind: 'meter', at: 'last', of: 'predicted', unit: 'first' }, undefined],
  [{ kind: 'meter', at: 'last', of: 'predicted', unit: 'smallest' }, 0.25],
  [{ kind: 'meter', at: 'last', of: 'kept', unit: 'largest' }, undefined],
  [{ kind: 'meter', at: 'last', of: 'x', unit: 1 }, 5],
  [{ kind: 'defect', at: 'last', stage: 'first' }, 0.25],
])('%j is %s', (value, expected) => {
  const number = measure(value, measured)
  if (expected === undefined) expect(number).toBeUndefined()
  else expect(number).toBeCloseTo(expected, 12)
})

test('ratios and differences are of two values, and there where both are', () => {
  const first: Value = { kind: 'loss', at: 'first' }
  const last: Value = { kind: 'loss', at: 'last' }
  expect(measure({ kind: 'ratio', of: first, to: last }, measured)).toBeCloseTo(2.4 / 1.8, 12)
  expect(measure({ kind: 'difference', of: first, to: last }, measured)).toBeCloseTo(0.6, 12)
  const absent: Value = { kind: 'loss', at: 'last', lane: 2 }
  expect(measure({ kind: 'ratio', of: first, to: absent }, measured)).toBeUndefined()
  expect(unitOf({ kind: 'ratio', of: first, to: last })).toBe('ratio')
  expect(unitOf({ kind: 'difference', of: first, to: last })).toBe('loss')
})

const check: Check = {
  id: 'falls',
  values: { first: { kind: 'loss', at: 'first' }, last: { kind: 'loss', at: 'last' } },
  holds: [{ left: 'last', is: 'below', right: 'first' }],
}

test('a check holds where all of its conditions do', () => {
  expect(judge(check, measured)).toEqual({ values: { first: 2.4, last: 1.8 }, holds: true })
  const holds = [
    ...check.holds,
    { left: 'last', is: 'below', right: 'first', factor: 0.5 } as const,
  ]
  expect(judge({ ...check, holds }, measured)).toMatchObject({ holds: false })
  const equal = [{ left: 'first', is: 'equal', right: 2.4 } as const]
  expect(judge({ ...check, holds: equal }, measured)).toMatchObject({ holds: true })
})

test('a check waits until all of its values are measured, and fails where a loss is no number', () => {
  const lanes = [lane(run())]
  expect(judge(check, { lanes, start: undefined })).toBeUndefined()
  const diverged = { lanes: [lane(run(2.3, Number.NaN))], start: undefined }
  expect(judge(check, diverged)).toMatchObject({ holds: false })
})
