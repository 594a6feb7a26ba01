import { useTranslations } from 'use-intl'
import { curvesOf, drawn } from '../../curves/drawing'
import { linePath } from '../../curves/path'
import { scaleOf } from '../../curves/scale'
import type { CurveSeries } from '../../curves/series'

const WIDTH = 280
const HEIGHT = 72
const EDGE = 3
const SMOOTHING = 0.9

/** The accuracy of a run over its steps, from 0 to 100 %: batches as a line, validation as dots. */
export function LabCurve({ series, steps }: { series: CurveSeries; steps: number }) {
  const t = useTranslations('labs')
  const window = { from: 0, to: steps, log: false }
  const aspect = { quantity: 'accuracy', axis: 'step', smoothing: SMOOTHING } as const
  const [curve] = curvesOf([series], aspect)
  const { line, validation } = drawn(curve!, window)
  const x = scaleOf(window, EDGE, WIDTH - EDGE)
  const y = scaleOf({ from: 0, to: 1, log: false }, HEIGHT - EDGE, EDGE)
  return (
    <svg
      className="lab-curve"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={t('curve')}
    >
      <path d={`M${EDGE} ${y.pixel(1)}H${WIDTH}M${EDGE} ${y.pixel(0.5)}H${WIDTH}`} />
      <path d={`M${EDGE} ${y.pixel(0)}H${WIDTH}`} />
      <g stroke="var(--lane-1)">
        <path d={linePath(line, x, y)} />
        {validation.map((point) => (
          <circle key={point.x} cx={x.pixel(point.x)} cy={y.pixel(point.y)} r={2.6} />
        ))}
      </g>
    </svg>
  )
}
