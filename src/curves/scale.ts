import type { DrawnCurve } from './drawing'
import type { Quantity } from './history'
import type { Window } from './thin'
import { logTicksWithin, ticksOver, ticksWithin } from './ticks'

/** From an axis's values to pixels and back. */
export interface Scale {
  pixel(value: number): number
  value(pixel: number): number
}

export function scaleOf({ from, to, log }: Window, start: number, end: number): Scale {
  const [a, b] = log ? [Math.log(from), Math.log(to)] : [from, to]
  const rate = (end - start) / (b - a)
  return {
    pixel: (value) => start + ((log ? Math.log(value) : value) - a) * rate,
    value: (pixel) => {
      const at = a + (pixel - start) / rate
      return log ? Math.exp(at) : at
    },
  }
}

/** An axis: its window and where it has ticks. */
export interface Axis extends Window {
  ticks: readonly number[]
}

export function xAxisOf(window: Window, count: number, whole: boolean): Axis {
  const { from, to, log } = window
  const ticks = log ? logTicksWithin(from, to, count) : ticksWithin(from, to, count, whole)
  return { ...window, ticks }
}

const SHARES = [0, 0.25, 0.5, 0.75, 1]
const TICKS = 5

/** How a chart's vertical axis is chosen. */
export interface Height {
  quantity: Quantity
  log: boolean
  /** Only around what is seen, and not from 0. */
  fitted: boolean
}

/** The vertical axis over all that is drawn. */
export function yAxisOf(curves: readonly DrawnCurve[], { quantity, log, fitted }: Height): Axis {
  if (quantity === 'accuracy' && !fitted) return { from: 0, to: 1, log: false, ticks: SHARES }
  const [low, high] = heights(curves, log)
  if (log) {
    const [from, to] = low < high ? [low, high] : [0.1, 1]
    return { from, to, log, ticks: logTicksWithin(from, to, TICKS) }
  }
  const ticks = fitted
    ? ticksOver(...(low <= high ? ([low, high] as const) : ([0, 1] as const)), TICKS)
    : ticksOver(0, Math.max(high, 0.01), TICKS)
  return { from: ticks[0]!, to: ticks.at(-1)!, log, ticks }
}

/** The lowest and the highest value drawn; for a logarithmic axis of those over 0. */
function heights(curves: readonly DrawnCurve[], log: boolean): [low: number, high: number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  const take = (value: number) => {
    if (!Number.isFinite(value) || (log && value <= 0)) return
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  for (const { line, raw, validation, band } of curves) {
    for (const points of [line, raw, validation]) for (const { y } of points) take(y)
    for (const { low, high } of band) {
      take(low)
      take(high)
    }
  }
  return [low, high]
}
