import { extremes } from './extremes'
import { cuts, tooMany, type Window, within } from './thin'
import { type Track, valueAt } from './track'

/** What several seeds gave at a place: their median, and the band that they fill. */
export interface Spread {
  x: number
  low: number
  median: number
  high: number
}

/** The value of rank `share` (0 to 1) of sorted values, between two where it falls between. */
export function quantile(sorted: readonly number[], share: number): number {
  const rank = share * (sorted.length - 1)
  const below = Math.floor(rank)
  const above = Math.min(below + 1, sorted.length - 1)
  return sorted[below]! + (rank - below) * (sorted[above]! - sorted[below]!)
}

const sorted = (values: readonly number[]) => values.toSorted((a, b) => a - b)

export const median = (values: readonly number[]) => quantile(sorted(values), 0.5)

/** From five seeds on the band holds the middle half of them, below that all. */
export function bandOf(seeds: number): { share: number; name: 'quartiles' | 'extremes' } {
  return seeds >= 5 ? { share: 0.25, name: 'quartiles' } : { share: 0, name: 'extremes' }
}

/**
 * Median and band over the seeds, aligned by place, at most 500 places. Where a place stands for
 * many points, the band reaches to the lowest and the highest of them.
 */
export function spreadOf(tracks: readonly Track[], window: Window): Spread[] {
  const longest = tracks.reduce((a, b) => (b.x.length > a.x.length ? b : a))
  const [start, end] = within(longest, window)
  if (!tooMany(end - start)) {
    const places = Array.from({ length: end - start }, (_, i) => longest.x.at(start + i))
    return places.flatMap((x) => {
      const values = tracks.map((track) => valueAt(track, x))
      return spread(x, values, values, values)
    })
  }
  const firsts = tracks.map((track) => within(track, window)[0])
  return cuts(window).flatMap((cut) => {
    const lows: number[] = []
    const lasts: number[] = []
    const highs: number[] = []
    let place = Number.NaN
    for (const [seed, { x, y, scale }] of tracks.entries()) {
      const [first, next] = [firsts[seed]!, x.from(cut)]
      if (next <= first) continue
      const [low, high] = extremes(y, first, next)
      lows.push(y[low]! * scale)
      lasts.push(y[next - 1]! * scale)
      highs.push(y[high]! * scale)
      firsts[seed] = next
      place = x.at(next - 1)
    }
    return spread(place, lows, lasts, highs)
  })
}

function spread(x: number, lows: number[], values: number[], highs: number[]): Spread[] {
  const known = (list: number[]) => sorted(list.filter((value) => !Number.isNaN(value)))
  const [low, middle, high] = [known(lows), known(values), known(highs)]
  if (middle.length === 0) return []
  const { share } = bandOf(middle.length)
  return [
    {
      x,
      low: quantile(low, share),
      median: quantile(middle, 0.5),
      high: quantile(high, 1 - share),
    },
  ]
}
