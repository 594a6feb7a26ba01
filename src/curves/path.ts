import type { Scale } from './scale'
import type { Spread } from './spread'
import type { Point } from './thin'

const tenth = (pixel: number) => Math.round(10 * pixel) / 10

/** The path of a line through points; one that has no place on the chart breaks it. */
export function linePath(points: readonly Point[], x: Scale, y: Scale): string {
  let path = ''
  let begun = false
  for (const point of points) {
    const height = y.pixel(point.y)
    const placed = Number.isFinite(height)
    if (placed) path += `${begun ? 'L' : 'M'}${tenth(x.pixel(point.x))} ${tenth(height)}`
    begun = placed
  }
  return path
}

/** The outline of a band: along its upper edge, and back along the lower one. */
export function bandPath(band: readonly Spread[], x: Scale, y: Scale): string {
  const upper = band.map(({ x, high }) => ({ x, y: high }))
  const lower = band.map(({ x, low }) => ({ x, y: low })).reverse()
  const path = linePath([...upper, ...lower], x, y)
  return path === '' ? '' : `${path}Z`
}
