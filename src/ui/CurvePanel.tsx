import { canTrain } from '../store/bench'
import type { CurvePoint, Quantity } from '../store/history'
import { useBench, useBenchState, useHistoryVersion } from './bench-context'
import { CurveChart } from './CurveChart'
import { figure, integer } from './format'

const TITLE: Record<Quantity, string> = { loss: 'Loss', accuracy: 'Accuracy' }

/** A quantity's latest figures and its curve. */
export function CurvePanel({ quantity }: { quantity: Quantity }) {
  const { history } = useBench()
  useHistoryVersion()
  const batchSize = useBenchState((state) => state.active.run.train.batchSize)
  const smoothing = useBenchState((state) => state.smoothing)
  const trainable = useBenchState(canTrain)
  const points = history.curve(quantity, batchSize, smoothing)
  const title = TITLE[quantity]
  return (
    <section className="panel" aria-label={title}>
      <div className="panel-head">
        <h2>{title}</h2>
        <Latest quantity={quantity} points={points} />
      </div>
      <div className="chart">
        {points.length === 0 ? (
          <p className="chart-empty">
            <span>
              {trainable ? 'Press Train: the' : 'The'} curve of the {title.toLowerCase()} grows
              here.
            </span>
          </p>
        ) : (
          <CurveChart quantity={quantity} points={points} />
        )}
      </div>
    </section>
  )
}

/** The last figures; validation's with the number of images that it stands on. */
function Latest({ quantity, points }: { quantity: Quantity; points: readonly CurvePoint[] }) {
  const { history } = useBench()
  const training = points.findLast(({ smooth }) => smooth !== undefined)?.smooth
  const validation = history.evaluations.at(-1)
  return (
    <div className="figures">
      {training !== undefined && (
        <span>
          training <strong>{figure(quantity, training)}</strong>
        </span>
      )}
      {validation && (
        <span>
          validation after step {integer(validation.step)}:{' '}
          <strong>{figure(quantity, validation[quantity])}</strong> on {integer(validation.images)}{' '}
          images
        </span>
      )}
    </div>
  )
}
