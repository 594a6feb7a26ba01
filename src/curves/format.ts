import type { Quantity } from './history'
import type { XAxis } from './positions'

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 4 })

/** A time on an axis: "4.5 s", "30 s", "2 min", "1.5 h". */
function time(seconds: number): string {
  if (seconds < 10) return `${Number(seconds.toPrecision(3))} s`
  if (seconds < 120) return `${Math.round(seconds)} s`
  if (seconds < 7200) return `${Number((seconds / 60).toPrecision(3))} min`
  return `${Number((seconds / 3600).toPrecision(3))} h`
}

/** A place on the horizontal axis in the digits that fit a tick. */
export function placeTick(axis: XAxis, x: number): string {
  if (axis === 'time') return time(x)
  if (axis === 'epoch') return String(Number(x.toPrecision(4)))
  return x < 1e5 ? whole.format(x) : short.format(x)
}

/** A place on the horizontal axis in full: "1,200", "2.35". */
export function placeFigure(axis: XAxis, x: number): string {
  if (axis === 'time') return time(x)
  if (axis === 'epoch') return x < 1 ? String(Number(x.toPrecision(3))) : x.toFixed(2)
  return whole.format(x)
}

/** A value of a curve in the digits that matter; a difference with its sign. */
export function figure(quantity: Quantity, value: number, signed = false): string {
  const sign = signed && value > 0 ? '+' : ''
  const text = quantity === 'loss' ? value.toFixed(3) : `${(100 * value).toFixed(1)} %`
  return `${sign}${text}`.replace('-', '−')
}

export function valueTick(quantity: Quantity, value: number): string {
  const text =
    quantity === 'loss' ? String(value) : `${Number((100 * value).toPrecision(4))}\u00a0%`
  return text.replace('-', '−')
}
