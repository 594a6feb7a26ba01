import type { ContenderFigures } from './measure'

/** Steps whose losses must agree: later, rounding alone drives runs apart. */
const COMPARED_STEPS = 6
/** Of the loss. */
const TOLERANCE = 5e-4

/** Where a contender's losses are not ours, each as a sentence. */
export function disagreements(contenders: readonly ContenderFigures[]): string[] {
  const [ours, ...others] = contenders as [ContenderFigures, ...ContenderFigures[]]
  return others.flatMap(({ title, losses }) => {
    const compared = losses.slice(0, COMPARED_STEPS)
    const step = compared.findIndex((loss, i) => !agree(loss, ours.losses[i]!))
    return step < 0
      ? []
      : [`${title} has a loss of ${losses[step]} at step ${step + 1}, ours is ${ours.losses[step]}`]
  })
}

/** Said so that a NaN disagrees. */
function agree(loss: number, ours: number): boolean {
  return Math.abs(loss - ours) <= TOLERANCE * Math.abs(ours)
}
