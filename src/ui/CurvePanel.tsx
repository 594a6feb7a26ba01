import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { figure } from '../curves/format'
import type { Quantity } from '../curves/history'
import type { CurveSeries } from '../curves/series'
import { canTrain } from '../store/bench'
import { useBench, useBenchState } from './bench-context'
import { CurveChart } from './curves/CurveChart'
import { CurveTable } from './curves/CurveTable'
import { useView } from './curves/use-curves'
import { useFigures, useHasSteps } from './curves/use-figures'
import { integer } from './format'
import { useRunSeries } from './run-series'

/** A quantity's latest figures and its curve. */
export function CurvePanel({ quantity }: { quantity: Quantity }) {
  const t = useTranslations('curves')
  const { history, curves } = useBench()
  const begun = useHasSteps(history)
  const series = useRunSeries()
  const trainable = useBenchState(canTrain)
  const title = t(`quantity.${quantity}`)
  return (
    <section className="panel" aria-label={title}>
      <div className="panel-head">
        <h2>{title}</h2>
        <Latest quantity={quantity} series={series} />
      </div>
      {!begun ? (
        <div className="chart">
          <p className="chart-empty">
            <span>
              {t(trainable ? 'panel.empty' : 'panel.emptyWithoutGpu', {
                quantity: t(`quantityInText.${quantity}`),
              })}
            </span>
          </p>
        </div>
      ) : (
        <>
          <CurveChart quantity={quantity} series={series} view={curves} />
          <CurveTable quantity={quantity} series={series} view={curves} />
        </>
      )}
    </section>
  )
}

/** The last figures; validation's with the number of images that it stands on. */
function Latest(props: { quantity: Quantity; series: readonly CurveSeries[] }) {
  const { quantity, series } = props
  const t = useTranslations('curves')
  const { history, curves } = useBench()
  useFigures(series)
  const smoothing = useView(curves, ({ smoothing }) => smoothing)
  const batchSize = useBenchState((state) => state.active.run.train.batchSize)
  const last = history.smoothed(quantity, smoothing).at(-1)
  const training = quantity === 'loss' ? last : last && last / batchSize
  const validation = history.evaluations.at(-1)
  const b = (chunks: ReactNode) => <strong>{chunks}</strong>
  return (
    <div className="figures">
      {training !== undefined && (
        <span>{t.rich('panel.training', { figure: figure(quantity, training), b })}</span>
      )}
      {validation && (
        <span>
          {t.rich('panel.validation', {
            step: integer(validation.step),
            figure: figure(quantity, validation[quantity]),
            images: integer(validation.images),
            b,
          })}
        </span>
      )}
    </div>
  )
}
