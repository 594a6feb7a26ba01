import { expect, test } from 'vitest'
import type { Window } from './thin'
import { panned, selected, zoomed } from './zoom'

const WHOLE: Window = { from: 0, to: 1000, log: false }
const LOG: Window = { from: 1, to: 10_000, log: true }

test('zooming keeps the place under the pointer where it is, and out of it comes the whole', () => {
  const inner = zoomed(WHOLE, WHOLE, 2, 0.25)!
  expect(inner).toEqual({ from: 125, to: 625, log: false })
  expect(zoomed(inner, WHOLE, 1 / 2, 0.25)).toBeUndefined()
})

test('panning stops at the ends and keeps the width', () => {
  const inner = selected(WHOLE, WHOLE, 0.6, 0.4)!
  expect(inner).toMatchObject({ from: 400, to: 600 })
  expect(panned(inner, WHOLE, 0.5)).toMatchObject({ from: 500, to: 700 })
  const end = panned(inner, WHOLE, 9)!
  expect(end.from).toBeCloseTo(800, 9)
  expect(end.to).toBeCloseTo(1000, 9)
  const start = panned(inner, WHOLE, -9)!
  expect(start.from).toBe(0)
  expect(start.to).toBeCloseTo(200, 9)
  expect(panned(WHOLE, WHOLE, 0.5)).toBeUndefined()
})

test('on a logarithmic axis zoom goes by factors', () => {
  const inner = zoomed(LOG, LOG, 2)!
  expect(inner.from).toBeCloseTo(10, 6)
  expect(inner.to).toBeCloseTo(1000, 6)
})

test('zooming in ends at a hundred-thousandth of the whole', () => {
  const { from, to } = zoomed(WHOLE, WHOLE, 1e12)!
  expect(to - from).toBeCloseTo(0.01, 6)
})
