/** Round steps for an axis that starts at 0: 1, 2 or 5 times a power of ten, about `count` of them. */
function tickStep(max: number, count: number): number {
  const exact = max / count
  const power = 10 ** Math.floor(Math.log10(exact))
  return power * [1, 2, 5, 10].find((factor) => factor * power >= exact * (1 - 1e-9))!
}

/** Multiples of `step`, without the tails that repeated addition gives. */
function multiples(step: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => Number((i * step).toPrecision(6)))
}

/** Round values from 0 to the first that reaches `max`. */
export function ticksOver(max: number, count: number): number[] {
  const step = tickStep(max, count)
  return multiples(step, Math.ceil(max / step - 1e-9) + 1)
}

/** Round whole numbers from 0 that do not pass `max`. */
export function wholeTicksUpTo(max: number, count: number): number[] {
  const step = Math.max(1, tickStep(max, count))
  return multiples(step, Math.floor(max / step) + 1)
}
