import { useTranslations } from 'use-intl'
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
  const t = useTranslations('curves')
  const { curves } = useRace()
  const series = useRaceSeries()
  const fresh = useRaceState(isRaceFresh)
  return (
    <>
      {!fresh && (
        <section className="curves-bar" aria-label={t('panel.label')}>
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
  const t = useTranslations('curves')
  const { curves } = useRace()
  const title = t(`quantity.${quantity}`)
  return (
    <section className="panel" aria-label={title}>
      <div className="panel-head">
        <h2>{title}</h2>
      </div>
      {empty ? (
        <div className="chart">
          <p className="chart-empty">
            <span>{t('panel.emptyLanes', { quantity: t(`quantityInText.${quantity}`) })}</span>
          </p>
        </div>
      ) : (
        <CurveChart quantity={quantity} series={series} view={curves} />
      )}
    </section>
  )
}
