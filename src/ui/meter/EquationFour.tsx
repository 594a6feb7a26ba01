import { useTranslations } from 'use-intl'
import { FLOAT_ERROR, obstacleOf } from '../../meter/defect'
import { figure } from '../../meter/format'
import type { MeteredNet } from '../../meter/net'
import { LaneMark } from '../curves/LaneMark'

/** How far the tensors are from equation 4 in each stage, in numbers and in a sentence. */
export function EquationFour({ nets }: { nets: readonly MeteredNet[] }) {
  const t = useTranslations('meter')
  const read = nets.filter(({ history }) => history.last)
  return (
    <section className="equation-four" aria-label={t('equation4.title')}>
      <p>{t.rich('equation4.about', { b: (text) => <strong>{text}</strong> })}</p>
      <ul className="equation-four-nets">
        {read.map((net) => (
          <li key={net.id}>
            {nets.length > 1 && (
              <span className="equation-four-head">
                <LaneMark lane={net.lane} />
                {net.name}
              </span>
            )}
            <dl>
              {net.history.last!.stages.map(({ stage, defect }) => (
                <div key={stage}>
                  <dt>{t('stage', { stage: String(stage + 1) })}</dt>
                  <dd>{figure(defect ?? undefined)}</dd>
                </div>
              ))}
            </dl>
            <p>{t(`equation4.${finding(net)}`)}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What was measured, and why by what the net is. */
function finding({ run, history }: MeteredNet) {
  const defects = history.last!.stages.flatMap(({ defect }) => (defect === null ? [] : [defect]))
  const obstacle = obstacleOf(run)
  if (obstacle === 'plain') return 'plain'
  if (defects.every((defect) => defect < FLOAT_ERROR)) return 'clean'
  return obstacle === 'clean' ? 'none' : obstacle
}
