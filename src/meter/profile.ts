import type { Axis } from '../curves/scale'
import type { Point } from '../curves/thin'
import { logTicksWithin, ticksOver } from '../curves/ticks'
import type { UnitReading } from '../worker/protocol'
import type { DepthAxis } from './depth'
import type { MeteredNet } from './net'
import {
  type ProfileGroup,
  present,
  quantityOf,
  type ScaleKind,
  type UnitQuantity,
} from './quantities'

/** A quantity of a net over its depth. */
export interface ProfileLine {
  net: MeteredNet
  quantity: UnitQuantity
  /** Whose colour, dash and marker it has of the lanes'. */
  style: number
  /** What stands behind another line of the same net. */
  faint: boolean
  /** A point a unit; y is not a number where the quantity is not defined or the line breaks. */
  points: readonly Point[]
}

/**
 * What a chart draws of the nets' last readings: of one net all quantities of the group, of several
 * nets the one that is picked, in the lanes' colours.
 */
export function profileLines(
  { quantities }: ProfileGroup,
  nets: readonly MeteredNet[],
  picked: UnitQuantity,
  axis: DepthAxis,
): readonly ProfileLine[] {
  return nets.flatMap((net) => {
    const units = net.history.last?.units ?? []
    const drawn = nets.length === 1 ? quantities : behind(picked)
    return present(drawn, units).map((quantity) => ({
      ...{ net, quantity },
      style: nets.length === 1 ? quantities.indexOf(quantity) : net.lane,
      faint: nets.length > 1 && quantity !== picked,
      points: profile(units, quantity, axis),
    }))
  })
}

/** What is measured stands over what was predicted. */
function behind(picked: UnitQuantity): readonly UnitQuantity[] {
  return picked === 'measured' ? ['predicted', picked] : [picked]
}

function profile(units: readonly UnitReading[], quantity: UnitQuantity, axis: DepthAxis) {
  const places = axis.places(units)
  return units.flatMap((unit, i) => {
    const point = { x: places[i]!, y: quantityOf(unit, quantity) ?? Number.NaN }
    const begins = i > 0 && units[i - 1]!.stage !== unit.stage
    // A path to its stage's end has nothing to do with the next stage's: the line breaks.
    const breaks = begins && (quantity === 'measured' || quantity === 'predicted')
    return breaks ? [{ x: axis.stages[unit.stage]!.from, y: Number.NaN }, point] : [point]
  })
}

const TICKS = 4
const SIGNED: Axis = { from: -1, to: 1, log: false, ticks: [-1, -0.5, 0, 0.5, 1] }
/** A logarithmic axis spans at least this factor: what is almost flat is seen as flat. */
const LEAST_SPAN = 10

/** The vertical axis over all lines of a chart. */
export function profileAxis(lines: readonly ProfileLine[], kind: ScaleKind): Axis {
  if (kind === 'signed') return SIGNED
  const values = lines.flatMap(({ points }) => points.map(({ y }) => y)).filter(Number.isFinite)
  if (kind === 'linear') {
    const ticks = ticksOver(0, Math.max(...values, 1e-6), TICKS)
    return { from: 0, to: ticks.at(-1)!, log: false, ticks }
  }
  const [low, high] = logRange(values, LEAST_SPAN)
  return { from: low, to: high, log: true, ticks: logTicksWithin(low, high, TICKS) }
}

/** The range of the positive values with some room, spanning at least a factor of `least`. */
export function logRange(values: readonly number[], least: number): [low: number, high: number] {
  const positive = values.filter((value) => value > 0 && Number.isFinite(value))
  if (positive.length === 0) return [0.1, 1]
  const low = Math.min(...positive)
  const high = Math.max(...positive)
  const room = Math.max(1.1, Math.sqrt(least / (high / low)))
  return [low / room, high * room]
}
