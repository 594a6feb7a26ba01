import { Button, Progress } from '@mantine/core'
import { useEffect } from 'react'
import { freeable } from '../../store/kept-runs'
import { useBenchState } from '../bench-context'
import { bytes, percent } from '../format'
import { sizeOf } from './RunRow'
import { useRuns, useRunsState } from './runs-context'

/** What the page takes of the browser's storage, and how to make room. */
export function StoragePanel() {
  const runs = useRuns()
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
    <section className="panel" aria-label="Storage">
      <h2>Storage</h2>
      <Progress value={quota > 0 ? (100 * usage) / quota : 0} aria-label="Storage used" mb={8} />
      <p className="panel-note">
        {bytes(usage)} of {bytes(quota)} used ({percent(quota > 0 ? usage / quota : 0)}); runs take
        about {bytes(ofRuns)} of it.{' '}
        {persisted
          ? 'The browser has promised not to clear it by itself.'
          : 'When the disk is nearly full, the browser may clear it.'}
      </p>
      <div className="run-actions">
        {!persisted && (
          <Button size="xs" variant="default" onClick={() => runs.persist()}>
            Ask to keep it safe
          </Button>
        )}
        {old.length > 0 && (
          <Button
            size="xs"
            variant="default"
            onClick={() => runs.freeCheckpoints(old.map(({ id }) => id))}
          >
            Remove {old.length === 1 ? 'the checkpoint' : 'the checkpoints'} of {old.length}{' '}
            unstarred {old.length === 1 ? 'run' : 'runs'}: {bytes(freed)}
          </Button>
        )}
      </div>
      <p className="panel-note">Curves and settings stay when a checkpoint is removed.</p>
    </section>
  )
}
