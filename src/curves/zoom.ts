import { scaleOf } from './scale'
import type { Window } from './thin'

/** How far in one can go: what is seen is at least this share of the whole. */
const SMALLEST_SHARE = 1e-5

/** The window with its ends at these shares of itself (0 its start, 1 its end), within `whole`. */
function between(window: Window, whole: Window, start: number, end: number): Window | undefined {
  const scale = scaleOf(window, 0, 1)
  const back = scaleOf(whole, 0, 1)
  const [a, b] = [back.pixel(scale.value(start)), back.pixel(scale.value(end))]
  const size = Math.max(b - a, SMALLEST_SHARE)
  if (size >= 1 - 1e-9) return undefined
  const first = Math.min(Math.max(0, a), 1 - size)
  return { from: back.value(first), to: back.value(first + size), log: whole.log }
}

/** Seen `factor` times as large about the point at `share` of the window; undefined is all. */
export function zoomed(
  window: Window,
  whole: Window,
  factor: number,
  share = 0.5,
): Window | undefined {
  return between(window, whole, share - share / factor, share + (1 - share) / factor)
}

/** Moved by a share of itself, up to an end of the whole. */
export function panned(window: Window, whole: Window, share: number): Window | undefined {
  return between(window, whole, share, 1 + share)
}

/** The part of the window between two shares of it, in either order. */
export function selected(
  window: Window,
  whole: Window,
  one: number,
  other: number,
): Window | undefined {
  return between(window, whole, Math.min(one, other), Math.max(one, other))
}
