/**
 * The shapes of the built-in set as signed distances: negative inside, growing with the distance
 * from the outline, for a shape that reaches about 1 from its centre.
 */
type Distance = (x: number, y: number) => number

const { abs, max, min, sqrt } = Math
const HALF_SQRT_3 = sqrt(3) / 2

/** The angles of a five-pointed star, by roots alone: engines round sine and cosine differently. */
const COS_18 = sqrt(10 + 2 * sqrt(5)) / 4
const SIN_18 = (sqrt(5) - 1) / 4
const COS_36 = (sqrt(5) + 1) / 4
const SIN_36 = sqrt(10 - 2 * sqrt(5)) / 4

const length = (x: number, y: number) => sqrt(x * x + y * y)
const circle = (x: number, y: number, radius: number) => length(x, y) - radius
const box = (x: number, y: number, width: number, height: number) =>
  max(abs(x) - width, abs(y) - height)

/** An equilateral triangle whose corners are `radius` from its centre, one of them at the right. */
function triangle(x: number, y: number, radius: number): number {
  return max(-x, x / 2 + HALF_SQRT_3 * abs(y)) - radius / 2
}

/**
 * A star with a tip at the top. The point is mirrored into one tenth of it, between a tip and an
 * inner corner, where the outline is one straight edge.
 */
function star(x: number, y: number): number {
  let px = abs(x)
  let py = y
  const right = 2 * max(0, COS_36 * px - SIN_36 * py)
  px -= right * COS_36
  py += right * SIN_36
  const left = 2 * max(0, -COS_36 * px - SIN_36 * py)
  px += left * COS_36
  py += left * SIN_36
  return COS_18 * abs(px) + SIN_18 * py - SIN_18
}

export const SHAPES: readonly { name: string; distance: Distance }[] = [
  { name: 'circle', distance: (x, y) => circle(x, y, 0.85) },
  { name: 'ring', distance: (x, y) => abs(circle(x, y, 0.7)) - 0.2 },
  { name: 'square', distance: (x, y) => box(x, y, 0.72, 0.72) },
  { name: 'triangle', distance: (x, y) => triangle(x, y, 1) },
  { name: 'star', distance: star },
  { name: 'cross', distance: (x, y) => min(box(x, y, 0.95, 0.28), box(x, y, 0.28, 0.95)) },
  { name: 'crescent', distance: (x, y) => max(circle(x, y, 0.95), -circle(x - 0.5, y, 0.75)) },
  {
    name: 'arrow',
    distance: (x, y) => min(box(x + 0.4, y, 0.55, 0.2), triangle(x - 0.35, y, 0.75)),
  },
  {
    name: 'stripes',
    distance: (x, y) => min(box(x, y, 0.16, 0.8), box(abs(x) - 0.64, y, 0.16, 0.8)),
  },
  {
    name: 'checkers',
    distance: (x, y) => min(box(x, y, 0.28, 0.28), box(abs(x) - 0.56, abs(y) - 0.56, 0.28, 0.28)),
  },
]
