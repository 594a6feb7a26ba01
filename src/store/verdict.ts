import { median } from '../curves/spread'

/** What the final accuracies of two lanes say, over the seeds with which both have ended. */
export type Verdict =
  /** No seed has ended with both lanes. */
  | { kind: 'none' }
  /** With one seed there is no spread to hold the difference against. */
  | { kind: 'one-seed'; difference: number }
  | {
      kind: 'exceeds' | 'within'
      /** Between the medians. */
      difference: number
      /** From the lowest to the highest seed of the lane where that is more. */
      spread: number
      seeds: number
      /** Seeds with which the lane is better than the other, and with which worse. */
      better: number
      worse: number
    }

/**
 * Whether the difference of a lane from another one exceeds the spread over seeds. Accuracies are
 * listed by seed, undefined where the lane did not end with it.
 */
export function verdict(
  lane: readonly (number | undefined)[],
  other: readonly (number | undefined)[],
): Verdict {
  const pairs = lane.flatMap((accuracy, seed) => {
    const against = other[seed]
    return accuracy === undefined || against === undefined ? [] : [[accuracy, against] as const]
  })
  if (pairs.length === 0) return { kind: 'none' }
  const [own, theirs] = [pairs.map(([a]) => a), pairs.map(([, b]) => b)]
  const difference = median(own) - median(theirs)
  if (pairs.length === 1) return { kind: 'one-seed', difference }
  const spread = Math.max(range(own), range(theirs))
  return {
    kind: Math.abs(difference) > spread ? 'exceeds' : 'within',
    ...{ difference, spread, seeds: pairs.length },
    better: pairs.filter(([a, b]) => a > b).length,
    worse: pairs.filter(([a, b]) => a < b).length,
  }
}

/** How often one of two equal lanes is the better one with every seed: 1 time in so many. */
export function oneTimeIn(seeds: number): number {
  return 2 ** (seeds - 1)
}

const range = (values: readonly number[]) => Math.max(...values) - Math.min(...values)
