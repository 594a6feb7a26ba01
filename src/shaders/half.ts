const MANTISSA_BITS = 10
const SMALLEST_EXPONENT = -14
/** Halfway between the largest finite half, 65504, and what would be the next. */
const OVERFLOW = 65_520
const INFINITY_BITS = 0x7c00
const NAN_BITS = 0x7e00
const SIGN_BIT = 0x8000

/** The bits of the half-precision number (IEEE 754 binary16) nearest to `value`, ties to even. */
export function toHalf(value: number): number {
  const size = Math.abs(value)
  const sign = value < 0 || Object.is(value, -0) ? SIGN_BIT : 0
  if (Number.isNaN(size)) return NAN_BITS
  if (size >= OVERFLOW) return sign | INFINITY_BITS
  const exponent = Math.max(Math.floor(Math.log2(size)), SMALLEST_EXPONENT)
  const steps = roundToEven(size / 2 ** (exponent - MANTISSA_BITS))
  // Normal numbers have 2^10 to 2^11 steps: the leading one, and a carry, count up the exponent.
  return sign | (((exponent - SMALLEST_EXPONENT) << MANTISSA_BITS) + steps)
}

/** The value of a half-precision number's bits. */
export function fromHalf(bits: number): number {
  const sign = bits & SIGN_BIT ? -1 : 1
  const exponent = (bits & INFINITY_BITS) >> MANTISSA_BITS
  const fraction = (bits & 0x3ff) / 2 ** MANTISSA_BITS
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY
  if (exponent === 0) return sign * fraction * 2 ** SMALLEST_EXPONENT
  return sign * (1 + fraction) * 2 ** (exponent - 15)
}

function roundToEven(value: number): number {
  const rounded = Math.round(value)
  return rounded - value === 0.5 && rounded % 2 === 1 ? rounded - 1 : rounded
}
