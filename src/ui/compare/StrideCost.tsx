import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { movesStride, workRatio } from '../../models/stride-cost'
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
  const t = useTranslations('compare.stride')
  const change = (ratio: number) =>
    t(ratio < 1 ? 'less' : 'more', { share: percent(Math.abs(ratio - 1)) })
  const pairs = lanes.flatMap((first, i) =>
    lanes.flatMap((moved, j) => (movesStride(first.model, moved.model) ? [{ i, j }] : [])),
  )
  return pairs.map(({ i, j }) => {
    const [first, moved] = [lanes[i]!, lanes[j]!]
    const [slower, faster] = [speeds[j], speeds[i]]
    const said = {
      moved: moved.name,
      first: first.name,
      work: change(workRatio(moved.model, first.model)),
      b: (chunks: ReactNode) => <strong>{chunks}</strong>,
    }
    return (
      <p key={`${i}-${j}`} className="race-note">
        {slower && faster
          ? t.rich('measured', { ...said, time: change(slower.stepMs / faster.stepMs) })
          : t.rich('predicted', said)}{' '}
        {t('reported')}
      </p>
    )
  })
}
