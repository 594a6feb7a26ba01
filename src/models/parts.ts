import type { PlanNode, UnitPlan } from './plan'

/**
 * The parts of a unit that are pointed at, in its diagram, its equations and its code alike: ids of
 * plan nodes, and one more where the shortcut is no node but x itself.
 */
export function shortcutParts(nodes: readonly PlanNode[], unit: UnitPlan): string[] {
  const own = nodes.filter(({ path }) => path === 'shortcut').map(({ id }) => id)
  if (own.length > 0) return own
  return nodes.some(({ path }) => path === 'join') ? [`${unit.name}.shortcut`] : []
}

/** All parts of a unit: its nodes, and its shortcut. */
export function partsOf(nodes: readonly PlanNode[], unit: UnitPlan): string[] {
  return [...new Set([...nodes.map(({ id }) => id), ...shortcutParts(nodes, unit)])]
}
