import {
  CartesianGrid,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import type { CurvePoint, Quantity } from '../store/history'
import { figure, integer } from './format'
import { ticksOver, wholeTicksUpTo } from './ticks'

/** Steps that the axis shows at least, so that the first points do not fill the chart. */
const MIN_STEPS = 10
const SHARES = [0, 0.25, 0.5, 0.75, 1]
const AXIS = { stroke: 'var(--line)', tick: { fill: 'var(--muted)' }, tickLine: false } as const

function highest(points: readonly CurvePoint[]): number {
  return points.reduce((max, { raw = 0, validation = 0 }) => Math.max(max, raw, validation), 0.01)
}

/** A quantity over the steps: each batch faint, their average over it, validation as points. */
export function CurveChart({ quantity, points }: { quantity: Quantity; points: CurvePoint[] }) {
  const steps = Math.max(MIN_STEPS, points.at(-1)?.step ?? 0)
  const ticks = quantity === 'loss' ? ticksOver(highest(points), 5) : SHARES
  return (
    <ResponsiveContainer width="100%" height="100%">
      <LineChart
        data={points}
        margin={{ top: 8, right: 12, bottom: 0, left: 0 }}
        accessibilityLayer={false}
        // One crosshair over all curves.
        syncId="curves"
      >
        <CartesianGrid stroke="var(--line)" vertical={false} />
        <XAxis
          {...AXIS}
          dataKey="step"
          type="number"
          domain={[0, steps]}
          ticks={wholeTicksUpTo(steps, 6)}
          tickFormatter={integer}
        />
        <YAxis
          {...AXIS}
          axisLine={false}
          width={48}
          domain={[0, ticks.at(-1)!]}
          ticks={ticks}
          tickFormatter={(value: number) =>
            quantity === 'loss' ? String(value) : `${Math.round(100 * value)}\u00a0%`
          }
        />
        <Tooltip
          isAnimationActive={false}
          labelFormatter={(step) => `Step ${integer(Number(step))}`}
          formatter={(value) => figure(quantity, Number(value))}
          contentStyle={{
            background: 'var(--surface)',
            borderColor: 'var(--line)',
            borderRadius: 8,
            color: 'var(--ink)',
          }}
        />
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
  )
}
