/** Two frames of a display at 60 Hz: how long a submit may keep the GPU from drawing the page. */
const LONGEST_SUBMIT_MS = 33
const MOST_PIECES = 32

/**
 * Cuts launches of these costs into `count` runs of about equal cost, or fewer where a single one
 * has more than its share. Gives the end of each run; the last is the number of launches.
 */
export function cutEvenly(costs: readonly number[], count: number): number[] {
  const share = costs.reduce((sum, cost) => sum + cost, 0) / count
  const ends: number[] = []
  let sum = 0
  let reached = 1
  for (const [i, cost] of costs.entries()) {
    sum += cost
    if (i === costs.length - 1 || sum >= share * reached) ends.push(i + 1)
    reached = Math.max(reached, Math.floor(sum / share) + 1)
  }
  return ends
}

/**
 * How a step's launches are cut into submits, so that the page is drawn between two of them and no
 * driver takes a long one for a hang. A step that takes no longer than a submit may goes as one.
 */
export class Pieces {
  private count = 1
  private current: readonly number[]
  private lastDone = 0

  constructor(private readonly costs: readonly number[]) {
    this.current = cutEvenly(costs, 1)
  }

  /** Ends of the runs of launches. */
  get ends(): readonly number[] {
    return this.current
  }

  /** Learns that a step which was submitted at one time was done at another, in milliseconds. */
  took(submitted: number, done: number): void {
    const milliseconds = done - Math.max(submitted, this.lastDone)
    this.lastDone = done
    const count = Math.min(MOST_PIECES, Math.max(1, Math.ceil(milliseconds / LONGEST_SUBMIT_MS)))
    if (count === this.count) return
    this.count = count
    this.current = cutEvenly(this.costs, count)
  }
}
