const significant = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 })

const RAISED: Record<string, string> = {
  ...{ '0': '⁰', '1': '¹', '2': '²', '3': '³', '4': '⁴', '5': '⁵', '6': '⁶', '7': '⁷', '8': '⁸' },
  ...{ '9': '⁹', '-': '⁻' },
}

/** A value in three digits, with a power of ten where it is far from 1; a dash for none. */
export function figure(value: number | undefined): string {
  if (value === undefined) return '–'
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : '∞'
  const size = Math.abs(value)
  if (size !== 0 && (size < 1e-3 || size >= 1e5)) return withPower(value)
  return significant.format(value).replace('-', '−')
}

function withPower(value: number): string {
  const [digits, power] = value.toExponential(1).split('e') as [string, string]
  const raised = Array.from(power.replace('+', ''), (sign) => RAISED[sign]).join('')
  return `${digits}·10${raised}`.replace('-', '−')
}

/** A tick of a profile: round values alone. */
export function tick(value: number): string {
  const power = Math.log10(Math.abs(value))
  if (value !== 0 && Number.isInteger(Math.round(1e6 * power) / 1e6) && Math.abs(power) > 2) {
    return `10${Array.from(String(Math.round(power)), (sign) => RAISED[sign]).join('')}`
  }
  return figure(value)
}
