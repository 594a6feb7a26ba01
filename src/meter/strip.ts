import { scaleOf } from '../curves/scale'
import type { MeterReading } from '../worker/protocol'
import { colourAt } from './colours'
import { logRange } from './profile'
import { quantityOf, type ScaleKind, scaleKindOf, type UnitQuantity } from './quantities'

/** A quantity of every unit (down) at every reading (across), and the scale of its colours. */
export interface Strip {
  columns: number
  rows: number
  /** A row a unit; not a number where the quantity is not defined. */
  values: Float64Array
  kind: ScaleKind
  from: number
  to: number
}

/** Colours of a logarithmic scale span at least this factor: noise stays faint. */
const LEAST_SPAN = 2

/** The strip of some readings of one net. */
export function stripOf(readings: readonly MeterReading[], quantity: UnitQuantity): Strip {
  const columns = readings.length
  const rows = readings[0]?.units.length ?? 0
  const values = new Float64Array(columns * rows)
  for (const [column, { units }] of readings.entries()) {
    for (const [row, unit] of units.entries()) {
      values[row * columns + column] = quantityOf(unit, quantity) ?? Number.NaN
    }
  }
  const kind = scaleKindOf(quantity)
  return { columns, rows, values, kind, ...rangeOf(values, kind) }
}

function rangeOf(values: Float64Array, kind: ScaleKind): { from: number; to: number } {
  if (kind === 'signed') return { from: -1, to: 1 }
  const finite = Array.from(values).filter(Number.isFinite)
  if (kind === 'linear') return { from: 0, to: Math.max(...finite, 1e-6) }
  const [from, to] = logRange(finite, LEAST_SPAN)
  return { from, to }
}

/** The strip as pixels, red, green, blue and opacity; what is not defined stays clear. */
export function pixelsOf({ values, kind, from, to }: Strip): Uint8ClampedArray<ArrayBuffer> {
  const scale = scaleOf({ from, to, log: kind === 'log' }, 0, 1)
  const pixels = new Uint8ClampedArray(4 * values.length)
  for (const [i, value] of values.entries()) {
    const share = scale.pixel(value)
    if (Number.isNaN(share)) continue
    pixels.set([...colourAt(kind, share), 255], 4 * i)
  }
  return pixels
}
