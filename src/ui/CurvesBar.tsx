import { useBench, useHistoryVersion } from './bench-context'
import { CurveControls } from './curves/CurveControls'
import { CurveLegend } from './curves/CurveLegend'
import { ExportMenu } from './curves/ExportMenu'
import { useRunSeries } from './run-series'

/** What the lines of all curves mean, and how they are seen. */
export function CurvesBar() {
  const { curves, download, history } = useBench()
  useHistoryVersion()
  const series = useRunSeries()
  return (
    <section className="curves-bar" aria-label="Curves">
      <CurveControls series={series} view={curves}>
        {history.steps > 0 && <ExportMenu series={series} view={curves} download={download} />}
      </CurveControls>
      <CurveLegend series={series} />
    </section>
  )
}
