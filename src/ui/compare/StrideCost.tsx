import { movesStride, REPORTED_STRIDE_COST, workRatio } from '../../models/stride-cost'
import type { ComparisonConfig } from '../../run/comparison'
import type { LaneSpeed } from '../../store/race'
import { percent } from '../format'

/** What v1.5 costs more than v1, by multiply-adds and by the clock, where both are lanes. */
export function StrideCost(props: {
  comparison: ComparisonConfig
  speeds: readonly (LaneSpeed | undefined)[]
}) {
  const { comparison, speeds } = props
  const { lanes } = comparison
  const pairs = lanes.flatMap((first, i) =>
    lanes.flatMap((moved, j) => (movesStride(first.model, moved.model) ? [{ i, j }] : [])),
  )
  return pairs.map(({ i, j }) => {
    const [first, moved] = [lanes[i]!, lanes[j]!]
    const [slower, faster] = [speeds[j], speeds[i]]
    return (
      <p key={`${i}-${j}`} className="race-note">
        <strong>
          {moved.name} against {first.name}:
        </strong>{' '}
        {change(workRatio(moved.model, first.model))} multiply-adds, predicted;{' '}
        {slower && faster
          ? `${change(slower.stepMs / faster.stepMs)} time a step, measured here.`
          : 'the time a step is measured when they train.'}{' '}
        Reported for ResNet-50 on ImageNet: {REPORTED_STRIDE_COST}.
      </p>
    )
  })
}

/** "18.3 % more" of 1.183. */
function change(ratio: number): string {
  return `${percent(Math.abs(ratio - 1))} ${ratio < 1 ? 'less' : 'more'}`
}
