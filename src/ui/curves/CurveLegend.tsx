import { useTranslations } from 'use-intl'
import type { CurveSeries } from '../../curves/series'
import { LaneMark } from './LaneMark'
import { useCurveWords } from './use-curve-words'

/** Which line is whose, and what is drawn of each. */
export function CurveLegend({ series }: { series: readonly CurveSeries[] }) {
  const t = useTranslations('curves')
  const words = useCurveWords()
  return (
    <ul className="curve-legend" aria-label={t('panel.lines')}>
      {series.map((line) => (
        <li key={line.id}>
          <LaneMark lane={line.lane} />
          {words.name(line)}
        </li>
      ))}
      <li className="curve-note">{words.key(series)}</li>
    </ul>
  )
}
