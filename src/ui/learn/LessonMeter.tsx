import { Suspense, useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { isRead } from '../../meter/net'
import { useBench } from '../bench-context'
import { LazyCharts } from '../meter/LazyCharts'
import { MeterProvider, useMeters } from '../meter/meter-context'
import { useReadings } from '../meter/use-meter'
import { useNetsBySeed } from '../meter/use-nets'
import { useLearn } from './learn-context'

/** What the signal meter has read of the lesson's nets. */
export function LessonMeter() {
  const t = useTranslations('meter')
  const { meter } = useLearn()
  const { run } = useMeters()
  const meters = useMemo(() => ({ run, race: meter }), [run, meter])
  return (
    <section className="panel" aria-label={t('title')}>
      <h2>{t('title')}</h2>
      <MeterProvider value={meters}>
        <Readings />
      </MeterProvider>
    </section>
  )
}

function Readings() {
  const t = useTranslations('learn')
  const { download } = useBench()
  const { race: meter } = useMeters()
  const bySeed = useNetsBySeed()
  useReadings(useMemo(() => bySeed.flat(), [bySeed]))
  const nets = bySeed.findLast(isRead)
  if (!nets) return <p className="panel-note">{t('notRead')}</p>
  return (
    <Suspense>
      <LazyCharts nets={nets} view={meter.view} download={download} />
    </Suspense>
  )
}
