import type { UnitReading } from '../worker/protocol'

/** A stage's stretch of the depth axis, from 0 to 1. */
export interface Stretch {
  from: number
  to: number
}

/** Where the units of nets stand on an axis from the first unit (0) to the last (1). */
export interface DepthAxis {
  stages: readonly Stretch[]
  /** The middle of each unit of a net. */
  places(units: readonly Pick<UnitReading, 'stage'>[]): readonly number[]
}

/**
 * An axis that several nets share: a stage is as wide as the most units that one of them has in it,
 * and the units of a net with fewer stand evenly over the same stretch. Nets of one depth, and one
 * net alone, thus stand unit beside unit.
 */
export function depthAxis(nets: readonly (readonly Pick<UnitReading, 'stage'>[])[]): DepthAxis {
  const counts = nets.map(unitsAStage)
  const length = Math.max(0, ...counts.map((count) => count.length))
  const widths = Array.from({ length }, (_, stage) =>
    Math.max(...counts.map((count) => count[stage] ?? 0)),
  )
  const total = widths.reduce((sum, width) => sum + width, 0)
  let end = 0
  const stages = widths.map((width) => {
    const from = end / total
    end += width
    return { from, to: end / total }
  })
  return {
    stages,
    places(units) {
      const count = unitsAStage(units)
      const seen: number[] = []
      return units.map(({ stage }) => {
        const index = seen[stage] ?? 0
        seen[stage] = index + 1
        const { from, to } = stages[stage]!
        return from + ((to - from) * (index + 0.5)) / count[stage]!
      })
    },
  }
}

function unitsAStage(units: readonly Pick<UnitReading, 'stage'>[]): number[] {
  const counts: number[] = []
  for (const { stage } of units) counts[stage] = (counts[stage] ?? 0) + 1
  return Array.from(counts, (count) => count ?? 0)
}

/** The place nearest to a share of the axis. */
export function nearest(places: readonly number[], share: number): number {
  let best = 0
  for (const [i, place] of places.entries()) {
    if (Math.abs(place - share) < Math.abs(places[best]! - share)) best = i
  }
  return best
}
