import type { CurveSeries } from '../../curves/series'
import { bandOf } from '../../curves/spread'
import { LaneMark } from './LaneMark'

/** Which line is whose, and what is drawn of each. */
export function CurveLegend({ series }: { series: readonly CurveSeries[] }) {
  const seeds = Math.max(...series.map(({ histories }) => histories.length))
  return (
    <ul className="curve-legend" aria-label="Lines">
      {series.map(({ id, name, lane, histories }) => (
        <li key={id}>
          <LaneMark lane={lane} />
          {name}
          {histories.length > 1 && ` (${histories.length} seeds)`}
        </li>
      ))}
      <li className="curve-note">
        {seeds > 1
          ? `line: median of the seeds, smoothed; band: ${bandOf(seeds).name}; markers: validation`
          : 'line: training, smoothed; faint: each batch; markers: validation'}
      </li>
    </ul>
  )
}
