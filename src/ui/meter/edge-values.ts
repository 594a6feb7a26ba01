import { figure } from '../../meter/format'
import { quantityOf, type UnitQuantity, type UnitReading } from '../../meter/quantities'
import { type Drawing, JOIN_RADIUS } from '../unit-layout'

/** Which way a unit is read: the signal forward, or its gradient backward. */
export type Direction = 'forward' | 'backward'

/** A number beside an edge of a unit's diagram. */
export interface EdgeValue {
  id: string
  x: number
  y: number
  text: string
  /** Which end of the text is there. */
  anchor: 'start' | 'end'
}

/** Between an edge and its number, and from an edge's end to the number's baseline. */
const GAP = 8
const BASELINE = 12

/**
 * A unit's readings on the edges of its drawing. Forward each tensor has its RMS where it flows;
 * backward each gradient has its norm, the parts of ∂E/∂x where they arrive. `next` is the unit
 * that reads x′.
 */
export function edgeValues(
  drawing: Drawing,
  reading: UnitReading,
  direction: Direction,
  next?: UnitReading,
): readonly EdgeValue[] {
  return direction === 'forward' ? forward(drawing, reading) : backward(drawing, reading, next)
}

function forward(drawing: Drawing, reading: UnitReading): readonly EdgeValue[] {
  const { residualX, shortcutX, gateX, residual, join, height } = drawing
  const left = residualX - GAP
  const put = placing(reading)
  return [
    ...put('x', left, 16, 'end'),
    ...put('f', left, residual.bottom + BASELINE, 'end'),
    ...(join ? put('h', shortcutX - 2 * GAP, join.y - GAP, 'end') : []),
    ...(join && gateX !== undefined ? put('gate', gateX + 2.5 * GAP, join.y - GAP) : []),
    ...(join && hasAfter(drawing)
      ? put('y', residualX - JOIN_RADIUS, join.y + JOIN_RADIUS + BASELINE, 'end')
      : []),
    ...put('output', left, height - 6, 'end'),
  ]
}

function backward(
  drawing: Drawing,
  reading: UnitReading,
  next: UnitReading | undefined,
): readonly EdgeValue[] {
  const { residualX, shortcutX, fork, residual, join, height } = drawing
  const left = residualX - GAP
  const put = placing(reading)
  return [
    ...put('gradient', left, 16, 'end'),
    ...put('throughWeights', left, residual.top - 6, 'end'),
    ...(join ? put('direct', shortcutX - GAP, fork + 5 * GAP, 'end') : []),
    ...(next ? placing(next)('gradient', left, height - 6, 'end') : []),
  ]
}

function hasAfter({ boxes }: Drawing): boolean {
  return boxes.some(({ node }) => node.path === 'after')
}

function placing(reading: UnitReading) {
  return (
    quantity: UnitQuantity,
    x: number,
    y: number,
    anchor: EdgeValue['anchor'] = 'start',
  ): EdgeValue[] => {
    const value = quantityOf(reading, quantity)
    return value === undefined
      ? []
      : [{ id: `${quantity} ${reading.name}`, x, y, text: figure(value), anchor }]
  }
}
