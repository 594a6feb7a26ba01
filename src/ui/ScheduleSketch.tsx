import { useTranslations } from 'use-intl'
import type { TrainConfig } from '../run/config'
import { learningRateAt } from '../run/schedule'
import { useBenchState } from './bench-context'
import { integer } from './format'

const WIDTH = 240
const HEIGHT = 44
const SAMPLES = 160

/** The line of the rate over the steps, its highest value at the top. */
function path({ learningRate, steps }: TrainConfig): string {
  const rates = Array.from({ length: SAMPLES }, (_, i) => {
    const step = Math.min(steps - 1, Math.floor((i * steps) / (SAMPLES - 1)))
    return learningRateAt(learningRate, step, steps)
  })
  const highest = Math.max(...rates, Number.MIN_VALUE)
  const points = rates.map((rate, i) => {
    const x = (i * WIDTH) / (SAMPLES - 1)
    const y = HEIGHT - 2 - ((HEIGHT - 4) * rate) / highest
    return `${x.toFixed(1)} ${y.toFixed(1)}`
  })
  return `M${points.join('L')}`
}

/** The learning rate over the run at a glance; empty while the settings do not fit. */
export function ScheduleSketch({ train }: { train: TrainConfig }) {
  const fits = useBenchState((state) => state.problems.length === 0)
  const t = useTranslations('train.settings')
  const rateAt = (step: number) => learningRateAt(train.learningRate, step, train.steps)
  return (
    <svg
      className="sketch"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={
        fits
          ? t('sketch', {
              first: String(rateAt(0)),
              last: rateAt(train.steps - 1).toPrecision(2),
              steps: integer(train.steps),
            })
          : t('noSketch')
      }
    >
      {fits && <path d={path(train)} fill="none" vectorEffect="non-scaling-stroke" />}
    </svg>
  )
}
