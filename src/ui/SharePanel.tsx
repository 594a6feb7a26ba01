import { useTranslations } from 'use-intl'
import { runToHash } from '../run/link'
import { useBenchState } from './bench-context'
import { CopyLink } from './CopyLink'

/** The settings as they stand, for someone else. */
export function SharePanel() {
  const draft = useBenchState((state) => state.draft)
  const sound = useBenchState((state) => state.problems.length === 0)
  const t = useTranslations('train.share')
  return (
    <section className="panel" aria-label={t('title')}>
      <div className="panel-head">
        <h2>{t('title')}</h2>
        <CopyLink hash={runToHash(draft)} disabled={!sound} />
      </div>
      <p className="panel-note">{t('about')}</p>
    </section>
  )
}
