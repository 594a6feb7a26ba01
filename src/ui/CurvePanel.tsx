import {
  CartesianGrid,
  Legend,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import type { Quantity } from '../store/history'
import { useBench, useBenchState, useHistoryVersion } from './bench-context'
import { integer, percent } from './format'

const SMOOTHING = 0.9
const TITLE: Record<Quantity, string> = { loss: 'Loss', accuracy: 'Accuracy' }

function show(quantity: Quantity, value: number): string {
  return quantity === 'loss' ? value.toFixed(3) : percent(value)
}

/** The top of the loss axis, at a half or a whole so that its ticks are short. */
function roundedUp(highest: number): number {
  return Math.ceil(2 * highest) / 2
}

/** A quantity over the steps: each batch's faint, their average over it, validation as points. */
export function CurvePanel({ quantity }: { quantity: Quantity }) {
  const { history } = useBench()
  useHistoryVersion()
  const batchSize = useBenchState((state) => state.active.run.train.batchSize)
  const points = history.curve(quantity, batchSize, SMOOTHING)
  const title = TITLE[quantity]
  return (
    <section className="panel" aria-label={title}>
      <h2>{title}</h2>
      {points.length === 0 ? (
        <p className="chart-empty" style={{ margin: 0 }}>
          Press Train: the curve of the {title.toLowerCase()} grows here.
        </p>
      ) : (
        <>
          <Latest quantity={quantity} />
          <div className="chart">
            <ResponsiveContainer width="100%" height="100%">
              <LineChart
                data={points}
                margin={{ top: 8, right: 12, bottom: 0, left: 0 }}
                accessibilityLayer={false}
              >
                <CartesianGrid stroke="var(--line)" vertical={false} />
                <XAxis
                  dataKey="step"
                  type="number"
                  domain={[1, 'dataMax']}
                  tickFormatter={integer}
                  stroke="var(--muted)"
                  tick={{ fill: 'var(--muted)' }}
                />
                <YAxis
                  domain={quantity === 'loss' ? [0, roundedUp] : [0, 1]}
                  tickFormatter={(value: number) =>
                    quantity === 'loss' ? String(value) : `${Math.round(100 * value)} %`
                  }
                  width={52}
                  stroke="var(--muted)"
                  tick={{ fill: 'var(--muted)' }}
                />
                <Tooltip
                  isAnimationActive={false}
                  labelFormatter={(step) => `Step ${integer(Number(step))}`}
                  formatter={(value) => show(quantity, Number(value))}
                  contentStyle={{ background: 'var(--surface)', borderColor: 'var(--line)' }}
                />
                <Legend itemSorter={null} />
                <Line
                  name="batch"
                  dataKey="raw"
                  stroke="var(--curve)"
                  strokeOpacity={0.3}
                  strokeWidth={1}
                  dot={false}
                  isAnimationActive={false}
                />
                <Line
                  name="training, smoothed"
                  dataKey="smooth"
                  stroke="var(--curve)"
                  strokeWidth={2}
                  dot={false}
                  isAnimationActive={false}
                />
                <Line
                  name="validation"
                  dataKey="validation"
                  stroke="var(--curve-validation)"
                  strokeWidth={2}
                  strokeDasharray="5 3"
                  connectNulls
                  dot={{ r: 3.5, fill: 'var(--curve-validation)', strokeDasharray: '0' }}
                  isAnimationActive={false}
                />
              </LineChart>
            </ResponsiveContainer>
          </div>
        </>
      )}
    </section>
  )
}

/** The last validation figure, with the number of images it stands on. */
function Latest({ quantity }: { quantity: Quantity }) {
  const { history } = useBench()
  const last = history.evaluations.at(-1)
  if (!last) return null
  return (
    <div className="figure">
      validation after step {integer(last.step)}: <strong>{show(quantity, last[quantity])}</strong>{' '}
      on {integer(last.images)} images
    </div>
  )
}
