import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { RunRecord } from '../../archive/record'
import { createCurveView } from '../../store/curve-view'
import { useBench } from '../bench-context'
import { CurveChart } from '../curves/CurveChart'
import { CurveControls } from '../curves/CurveControls'
import { CurveLegend } from '../curves/CurveLegend'
import { ExportMenu } from '../curves/ExportMenu'
import { useKeptSeries } from './run-series'

/** The curves of one run, or of several over each other. */
export default function RunCurves({ records }: { records: readonly RunRecord[] }) {
  const { download } = useBench()
  const [view] = useState(() => createCurveView(undefined, ''))
  const series = useKeptSeries(records)
  const t = useTranslations('runs.page')
  if (!series) return <p role="status">{t('reading')}</p>
  return (
    <>
      <section className="curves-bar" aria-label={t('curves')}>
        <CurveControls series={series} view={view}>
          <ExportMenu series={series} view={view} download={download} />
        </CurveControls>
        <CurveLegend series={series} />
      </section>
      {(['loss', 'accuracy'] as const).map((quantity) => (
        <section key={quantity} className="panel" aria-label={t(quantity)}>
          <h2>{t(quantity)}</h2>
          <CurveChart quantity={quantity} series={series} view={view} />
        </section>
      ))}
    </>
  )
}
