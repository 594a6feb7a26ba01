import type { Check } from '../../lessons/check'
import { type Judged, type Unit, unitOf } from '../../lessons/measured'
import type { Language } from '../../words/language'

const FORMATS: Record<Unit, Intl.NumberFormatOptions> = {
  loss: { minimumFractionDigits: 3, maximumFractionDigits: 3 },
  share: { minimumFractionDigits: 1, maximumFractionDigits: 1 },
  count: { maximumFractionDigits: 0 },
  milliseconds: { style: 'unit', unit: 'millisecond', maximumSignificantDigits: 3 },
  ratio: { maximumSignificantDigits: 3 },
  size: { maximumSignificantDigits: 3 },
}

/** Below this a size is written with a power of ten. */
const TINY = 1e-3

/** A measured number as the text of a lesson has it. */
function writtenValue(value: number, unit: Unit, language: Language): string {
  if (!Number.isFinite(value)) return String(value)
  if (unit === 'size' && value !== 0 && Math.abs(value) < TINY) {
    const [digits, power] = value.toExponential(1).split('e')
    return `$${digits} \\cdot 10^{${Number(power)}}$`
  }
  const shown = unit === 'share' ? 100 * value : value
  const text = new Intl.NumberFormat(language, FORMATS[unit]).format(shown).replace('-', '−')
  return unit === 'share' ? `${text}\u00a0%` : text
}

/** The Markdown of a check with its values put in. */
export function written(
  markdown: string,
  { values }: Check,
  judged: Judged,
  language: Language,
): string {
  return Object.entries(values).reduce(
    (text, [name, value]) =>
      text.replaceAll(
        `{${name}}`,
        writtenValue(judged.values[name]!, unitOf(value), language).replaceAll('$', '$$$$'),
      ),
    markdown,
  )
}
