import { useBench } from './bench-context'
import { CurveControls } from './curves/CurveControls'
import { CurveLegend } from './curves/CurveLegend'
import { useRunSeries } from './run-series'

/** What the lines of all curves mean, and how they are seen. */
export function CurvesBar() {
  const { curves } = useBench()
  const series = useRunSeries()
  return (
    <section className="curves-bar" aria-label="Curves">
      <CurveControls series={series} view={curves} />
      <CurveLegend series={series} />
    </section>
  )
}
