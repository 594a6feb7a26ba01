import { Button, Progress } from '@mantine/core'
import { useEffect } from 'react'
import { useTranslations } from 'use-intl'
import { freeable } from '../../store/kept-runs'
import { useBenchState } from '../bench-context'
import { bytes, percent } from '../format'
import { sizeOf } from './RunRow'
import { useRuns, useRunsState } from './runs-context'

/** What the page takes of the browser's storage, and how to make room. */
export function StoragePanel() {
  const runs = useRuns()
  const t = useTranslations('runs.storage')
  const storage = useRunsState((state) => state.storage)
  const all = useRunsState((state) => state.runs) ?? []
  const active = useBenchState((state) => state.active.key)
  useEffect(() => {
    runs.measureStorage()
  }, [runs])
  if (!storage) return null
  const { usage, quota, persisted } = storage
  const old = freeable(all, active)
  const freed = old.reduce((sum, { checkpoint }) => sum + checkpoint!.bytes, 0)
  const ofRuns = all.reduce((sum, record) => sum + sizeOf(record), 0)
  return (
    <section className="panel" aria-label={t('title')}>
      <h2>{t('title')}</h2>
      <Progress value={quota > 0 ? (100 * usage) / quota : 0} aria-label={t('used')} mb={8} />
      <p className="panel-note">
        {t('usage', {
          ...{ used: bytes(usage), quota: bytes(quota), runs: bytes(ofRuns) },
          share: percent(quota > 0 ? usage / quota : 0),
        })}{' '}
        {t(persisted ? 'persisted' : 'notPersisted')}
      </p>
      <div className="run-actions">
        {!persisted && (
          <Button size="xs" variant="default" onClick={() => runs.persist()}>
            {t('persist')}
          </Button>
        )}
        {old.length > 0 && (
          <Button
            size="xs"
            variant="default"
            onClick={() => runs.freeCheckpoints(old.map(({ id }) => id))}
          >
            {t('remove', { count: old.length, size: bytes(freed) })}
          </Button>
        )}
      </div>
      <p className="panel-note">{t('stays')}</p>
    </section>
  )
}
