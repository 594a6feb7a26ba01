import { QUANTITY_NAMES } from '../../curves/format'
import type { Quantity } from '../../curves/history'
import type { CurveSeries } from '../../curves/series'
import { isRaceFresh } from '../../store/race'
import { CurveChart } from '../curves/CurveChart'
import { CurveControls } from '../curves/CurveControls'
import { CurveLegend } from '../curves/CurveLegend'
import { useRace, useRaceState } from './race-context'
import { useRaceSeries } from './race-series'

/** The curves of all lanes over one another, or as differences from one of them. */
export function RaceCurves() {
  const { curves } = useRace()
  const series = useRaceSeries()
  const fresh = useRaceState(isRaceFresh)
  return (
    <>
      {!fresh && (
        <section className="curves-bar" aria-label="Curves">
          <CurveControls series={series} view={curves} />
          <CurveLegend series={series} />
        </section>
      )}
      <LaneCurves quantity="loss" series={series} empty={fresh} />
      <LaneCurves quantity="accuracy" series={series} empty={fresh} />
    </>
  )
}

export function LaneCurves(props: {
  quantity: Quantity
  series: readonly CurveSeries[]
  empty: boolean
}) {
  const { quantity, series, empty } = props
  const { curves } = useRace()
  const title = QUANTITY_NAMES[quantity]
  return (
    <section className="panel" aria-label={title}>
      <div className="panel-head">
        <h2>{title}</h2>
      </div>
      {empty ? (
        <div className="chart">
          <p className="chart-empty">
            <span>The lanes' curves of the {title.toLowerCase()} grow here.</span>
          </p>
        </div>
      ) : (
        <CurveChart quantity={quantity} series={series} view={curves} />
      )}
    </section>
  )
}
