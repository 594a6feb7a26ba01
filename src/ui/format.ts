const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const short = new Intl.NumberFormat('en', {
  notation: 'compact',
  minimumSignificantDigits: 3,
  maximumSignificantDigits: 3,
})

export const integer = (value: number): string => whole.format(value)

/** 40,551,040 as "40.6M". */
export const compact = (value: number): string => short.format(value)

export function bytes(value: number): string {
  return value < 1e9 ? `${(value / 1e6).toFixed(1)} MB` : `${(value / 1e9).toFixed(2)} GB`
}

export function flops(value: number): string {
  return value < 1e9 ? `${(value / 1e6).toFixed(1)} MFLOP` : `${(value / 1e9).toFixed(2)} GFLOP`
}

const timeOfDay = new Intl.DateTimeFormat('en', {
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
})
const dayAndTime = new Intl.DateTimeFormat('en', {
  ...{ month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hour12: false },
})

/** "12:31" of today, "Mar 4, 12:31" of another day. */
export function moment(time: number): string {
  const today = new Date(time).toDateString() === new Date().toDateString()
  return (today ? timeOfDay : dayAndTime).format(time)
}

const significant = new Intl.NumberFormat('en', {
  minimumSignificantDigits: 3,
  maximumSignificantDigits: 3,
})

/** A time in three digits, never finer than clocks are. */
export function milliseconds(value: number): string {
  return value < 1 ? value.toFixed(2) : significant.format(value)
}

/** A rate in three digits, or a dash where there is none. */
export function rate(value: number | undefined): string {
  if (value === undefined) return '–'
  return value < 1 ? value.toFixed(2) : significant.format(value)
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}

export function duration(seconds: number): string {
  const rounded = Math.round(seconds)
  const minutes = Math.floor(rounded / 60)
  if (minutes === 0) return `${rounded} s`
  if (minutes < 60) return `${minutes} min ${rounded % 60} s`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
