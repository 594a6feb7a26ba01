import { useFormatter, useTranslations } from 'use-intl'
import { useLabsState } from './labs-context'

/** What the signal meter read when the run rested. */
export function LabReadings({ id }: { id: string }) {
  const t = useTranslations('labs')
  const format = useFormatter()
  const reading = useLabsState(({ readings }) => readings.get(id))
  if (!reading) return null
  const number = (value: number) => format.number(value, { maximumSignificantDigits: 2 })
  const { step, defect, kept, predicted, measured } = reading
  return (
    <dl className="lab-readings" aria-label={t('reading.title', { step })}>
      {defect !== null && (
        <div>
          <dt>{t('reading.defect')}</dt>
          <dd>{number(defect)}</dd>
        </div>
      )}
      {measured !== null && (
        <div>
          <dt>{t('reading.path')}</dt>
          <dd>
            {predicted === null
              ? number(measured)
              : t('reading.predicted', {
                  measured: number(measured),
                  predicted: number(predicted),
                })}
          </dd>
        </div>
      )}
      {kept !== null && (
        <div>
          <dt>{t('reading.masked')}</dt>
          <dd>{format.number(1 - kept, { style: 'percent' })}</dd>
        </div>
      )}
    </dl>
  )
}
