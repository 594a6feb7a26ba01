import { keyOf } from '../../curves/key'
import type { CurveSeries } from '../../curves/series'
import { LaneMark } from './LaneMark'

/** Which line is whose, and what is drawn of each. */
export function CurveLegend({ series }: { series: readonly CurveSeries[] }) {
  return (
    <ul className="curve-legend" aria-label="Lines">
      {series.map(({ id, name, lane, histories }) => (
        <li key={id}>
          <LaneMark lane={lane} />
          {name}
          {histories.length > 1 && ` (${histories.length} seeds)`}
        </li>
      ))}
      <li className="curve-note">{keyOf(series)}</li>
    </ul>
  )
}
