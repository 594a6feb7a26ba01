import type { UnitReading } from '../worker/protocol'

export type { UnitReading }

/** What a reading tells of a unit, in the order of its readout. */
export const UNIT_QUANTITIES = [
  ...['x', 'h', 'f', 'y', 'output', 'fOverX'],
  ...['gradient', 'direct', 'throughWeights', 'cosine', 'kept'],
  ...['measured', 'predicted', 'gate'],
] as const
export type UnitQuantity = (typeof UNIT_QUANTITIES)[number]

/** A quantity of a unit; undefined where it has none. */
export function quantityOf(unit: UnitReading, quantity: UnitQuantity): number | undefined {
  switch (quantity) {
    case 'gradient':
      return unit.gradient.x
    case 'direct':
    case 'throughWeights':
    case 'cosine':
    case 'kept':
      return unit.gradient[quantity] ?? undefined
    case 'measured':
    case 'predicted':
      return unit.path[quantity] ?? undefined
    default:
      return unit[quantity] ?? undefined
  }
}

/** How a quantity's axis runs: from 0, over powers of ten, or from −1 to 1. */
export type ScaleKind = 'linear' | 'log' | 'signed'

/** Quantities that are drawn on one chart. */
export interface ProfileGroup {
  id: 'activations' | 'ratio' | 'gradients' | 'agreement' | 'path'
  scale: ScaleKind
  quantities: readonly UnitQuantity[]
}

export const PROFILE_GROUPS: readonly ProfileGroup[] = [
  { id: 'activations', scale: 'linear', quantities: ['x', 'h', 'f'] },
  { id: 'ratio', scale: 'linear', quantities: ['fOverX'] },
  { id: 'gradients', scale: 'log', quantities: ['gradient', 'direct', 'throughWeights'] },
  { id: 'agreement', scale: 'signed', quantities: ['cosine', 'kept'] },
  { id: 'path', scale: 'log', quantities: ['measured', 'predicted'] },
]

export function scaleKindOf(quantity: UnitQuantity): ScaleKind {
  return PROFILE_GROUPS.find(({ quantities }) => quantities.includes(quantity))?.scale ?? 'linear'
}

/** The quantities that some of these units have: without gates there is no g. */
export function present(
  quantities: readonly UnitQuantity[],
  units: readonly UnitReading[],
): readonly UnitQuantity[] {
  return quantities.filter((quantity) =>
    units.some((unit) => quantityOf(unit, quantity) !== undefined),
  )
}
