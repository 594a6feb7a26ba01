import { useFormatter, useTranslations } from 'use-intl'
import type { RunRecord } from '../../archive/record'
import type { CurveSeries } from '../../curves/series'
import type { RunConfig } from '../../run/config'
import { useBenchState } from '../bench-context'
import { useHistories } from '../curves/use-figures'
import { RunSetBack } from '../RunSetBack'
import { useRunSeries } from '../run-series'
import { useKeptSeries } from '../runs/run-series'
import { useFaultText } from '../use-fault-text'
import { LabCurve } from './LabCurve'
import { LabReadings } from './LabReadings'

/** The page's run, as it goes. */
export function LiveTraining() {
  const series = useRunSeries()
  const { run, key } = useBenchState(({ active }) => active)
  const phase = useBenchState(({ phase }) => phase)
  const t = useTranslations('labs')
  const failed = phase.phase === 'failed'
  const say = useFaultText()
  return (
    <>
      <Trained series={series[0]!} run={run} id={key} />
      <p className="lab-phase" role="status">
        {failed ? say(phase.message) : t(`phase.${phase.phase}`)}
      </p>
      <RunSetBack />
      {failed && <p className="lab-phase">{say(phase.remedy)}</p>}
    </>
  )
}

/** The newest run of the cell that this browser keeps. */
export function KeptTraining({ record }: { record: RunRecord }) {
  const series = useKeptSeries([record])
  const [own] = series ?? []
  if (!own) return null
  return <Trained series={own} run={record.run} id={record.id} />
}

/** The curve of a run and what it was: never more than it was. */
function Trained(props: { series: CurveSeries; run: RunConfig; id: string }) {
  const { series, run, id } = props
  const t = useTranslations('labs')
  const format = useFormatter()
  useHistories(series.histories)
  const [history] = series.histories as [CurveSeries['histories'][0]]
  const last = history.evaluations.at(-1)
  const { train, data, seed } = run
  return (
    <div className="lab-trained">
      <LabCurve series={series} steps={train.steps} />
      <p>
        {last
          ? t('accuracy', {
              accuracy: format.number(last.accuracy, {
                style: 'percent',
                minimumFractionDigits: 1,
              }),
              images: last.images,
              step: last.step,
            })
          : t('notValidated')}
      </p>
      <p className="lab-about">
        {t('trained', {
          steps: history.steps,
          of: train.steps,
          batch: train.batchSize,
          images: data.train,
          pictures: data.name === 'cifar10' ? 'CIFAR-10' : t('builtIn'),
          seed: String(seed),
        })}{' '}
        <a href={`#runs/${id}`} aria-label={t('runOf', { name: series.name })}>
          {t('run')}
        </a>
      </p>
      <LabReadings id={id} />
    </div>
  )
}
