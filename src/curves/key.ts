import type { CurveSeries } from './series'
import { bandOf } from './spread'

/** What the lines, the faint ones and the markers of a chart mean. */
export function keyOf(all: readonly CurveSeries[]): string {
  const seeds = Math.max(...all.map(({ histories }) => histories.length))
  return seeds > 1
    ? `line: median of the seeds, smoothed; band: ${bandOf(seeds).name}; markers: validation`
    : 'line: training, smoothed; faint: each batch; markers: validation'
}
