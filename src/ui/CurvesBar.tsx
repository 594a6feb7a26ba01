import { useTranslations } from 'use-intl'
import { useBench } from './bench-context'
import { CurveControls } from './curves/CurveControls'
import { CurveLegend } from './curves/CurveLegend'
import { ExportMenu } from './curves/ExportMenu'
import { useHasSteps } from './curves/use-figures'
import { useRunSeries } from './run-series'

/** What the lines of all curves mean, and how they are seen. */
export function CurvesBar() {
  const { curves, download, history } = useBench()
  const t = useTranslations('curves')
  const begun = useHasSteps(history)
  const series = useRunSeries()
  return (
    <section className="curves-bar" aria-label={t('panel.label')}>
      <CurveControls series={series} view={curves}>
        {begun && <ExportMenu series={series} view={curves} download={download} />}
      </CurveControls>
      <CurveLegend series={series} />
    </section>
  )
}
