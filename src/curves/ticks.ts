/** Round steps for an axis: 1, 2 or 5 times a power of ten, about `count` of them in `span`. */
function tickStep(span: number, count: number): number {
  const exact = span / count
  const power = 10 ** Math.floor(Math.log10(exact))
  return power * [1, 2, 5, 10].find((factor) => factor * power >= exact * (1 - 1e-9))!
}

/** A value without the tail that multiplying by a round step gives. */
function round(value: number): number {
  return Number(value.toPrecision(6))
}

function multiples(step: number, first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => round((first + i) * step))
}

/** Round values from the last that is not over `from` to the first that reaches `to`. */
export function ticksOver(from: number, to: number, count: number): number[] {
  const step = tickStep(to - from || Math.abs(to) || 1, count)
  const first = Math.floor(from / step + 1e-9)
  return multiples(step, first, Math.max(first + 1, Math.ceil(to / step - 1e-9)))
}

/** Round values from `from` to `to`; whole numbers where `whole`. */
export function ticksWithin(from: number, to: number, count: number, whole = false): number[] {
  const exact = tickStep(to - from, count)
  const step = whole ? Math.max(1, exact) : exact
  return multiples(step, Math.ceil(from / step - 1e-9), Math.floor(to / step + 1e-9))
}

/**
 * 1, 2 and 5 times the powers of ten from `from` to `to`, or the powers alone where these do; even
 * steps where there are not two of them.
 */
export function logTicksWithin(from: number, to: number, count: number): number[] {
  const powers = multiples(1, Math.floor(Math.log10(from)), Math.ceil(Math.log10(to)))
  const inside = (value: number) => value >= from * (1 - 1e-9) && value <= to * (1 + 1e-9)
  const tens = powers.map((power) => round(10 ** power)).filter(inside)
  if (tens.length > count) {
    const every = Math.ceil(tens.length / count)
    return tens.filter((_, i) => i % every === 0)
  }
  if (tens.length >= count / 2) return tens
  const finer = powers.flatMap((power) => [1, 2, 5].map((n) => round(n * 10 ** power)))
  const within = finer.filter(inside)
  return within.length > 1 ? within : ticksWithin(from, to, count)
}
