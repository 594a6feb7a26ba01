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
  const last = train.steps - 1
  return (
    <svg
      className="sketch"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={
        fits
          ? `The rate goes from ${learningRateAt(train.learningRate, 0, train.steps)} to ${learningRateAt(train.learningRate, last, train.steps).toPrecision(2)} in ${integer(train.steps)} steps`
          : 'No sketch: the settings do not fit'
      }
    >
      {fits && <path d={path(train)} fill="none" vectorEffect="non-scaling-stroke" />}
    </svg>
  )
}
