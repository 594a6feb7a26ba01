import { extremes } from './extremes'
import type { Track } from './track'

/** A part of the horizontal axis, and whether it is logarithmic. */
export interface Window {
  from: number
  to: number
  log: boolean
}

export interface Point {
  x: number
  y: number
}

/** Stretches that a window is cut into at most: each gives its lowest and highest point. */
const BUCKETS = 240

/**
 * The places that cut a window into at most 240 stretches. Their width is a power of two and they
 * are multiples of it, so that a window that moves or grows draws the same points again.
 */
export function cuts({ from, to, log }: Window): number[] {
  const [start, end] = log ? [Math.log10(from), Math.log10(to)] : [from, to]
  const width = 2 ** Math.ceil(Math.log2((end - start) / BUCKETS))
  const first = Math.floor(start / width)
  const last = Math.ceil(end / width)
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const place = (first + i) * width
    return log ? 10 ** place : place
  })
}

/** The points of a track from the last before the window to the first after it. */
export function within({ x }: Track, { from, to }: Window): [start: number, end: number] {
  const end = x.from(to)
  return [Math.max(0, x.from(from) - 1), Math.min(x.length, end + 1)]
}

/** True where so many points are too many to draw each. */
export function tooMany(count: number): boolean {
  return count > 2 * BUCKETS
}

/**
 * At most 500 points that look like all of the window's: the lowest and the highest of each
 * stretch, in their order. Where there are few points it is all of them.
 */
export function thinned(track: Track, window: Window): Point[] {
  const [start, end] = within(track, window)
  const points: Point[] = []
  const put = (i: number) => points.push({ x: track.x.at(i), y: track.y[i]! * track.scale })
  if (!tooMany(end - start)) {
    for (let i = start; i < end; i++) put(i)
    return points
  }
  let first = start
  for (const cut of [...cuts(window), Number.POSITIVE_INFINITY]) {
    const next = Math.min(end, track.x.from(cut))
    if (next <= first) continue
    const [low, high] = extremes(track.y, first, next)
    put(Math.min(low, high))
    if (low !== high) put(Math.max(low, high))
    first = next
  }
  return points
}
