import { useTranslations } from 'use-intl'
import type { KernelStatus } from '../store/bench'
import { useBenchState } from './bench-context'
import { integer } from './format'

/** One quiet line: by which kernels the run is computed, and what tuning has found. */
export function KernelsNote() {
  const kernels = useBenchState((state) => state.kernels)
  const t = useTranslations('train.kernels')
  const shell = useTranslations('shell')
  if (!kernels) return null
  const { tuned, shapes, excluded } = kernels
  const news = newsOf(kernels)
  return (
    <>
      <p className="profile-note">
        {t(chosen(kernels), { tuned: integer(tuned), shapes: integer(shapes) })} {news && t(news)}{' '}
        <a href="#self-test">{shell('selfTest')}</a>
      </p>
      {excluded.length > 0 && (
        <details className="profile-note">
          <summary>{t('excluded', { count: integer(excluded.length) })}</summary>
          <ul>
            {excluded.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

function chosen({ resumed, tuned, defaults }: KernelStatus) {
  if (resumed) return 'resumed'
  return tuned === 0 ? defaults : 'tuned'
}

function newsOf({ tuning, othersNext, resumed }: KernelStatus) {
  if (tuning) return 'tuning'
  if (!othersNext) return undefined
  return resumed ? 'ownNext' : 'fasterNext'
}
