import { Button, List } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { useShallow } from 'zustand/react/shallow'
import { freeable } from '../../store/kept-runs'
import { useBench, useBenchState } from '../bench-context'
import { bytes, integer } from '../format'
import { runName } from './run-name'
import { useRuns, useRunsState } from './runs-context'

/** Checkpoints that are offered at once. */
const OFFERED = 5

/** Offers the oldest unstarred checkpoints to be removed; nothing goes before it is asked for. */
export function FreeSpace() {
  const bench = useBench()
  const runs = useRuns()
  const t = useTranslations('runs.storage')
  const active = useBenchState((state) => state.active.key)
  const offered = useRunsState(
    useShallow((state) => freeable(state.runs ?? [], active).slice(0, OFFERED)),
  )
  if (offered.length === 0) {
    return <p>{t.rich('nothing', { runs: (chunks) => <a href="#runs">{chunks}</a> })}</p>
  }
  const freed = offered.reduce((sum, { checkpoint }) => sum + checkpoint!.bytes, 0)
  const free = async () => {
    await runs.freeCheckpoints(offered.map(({ id }) => id))
    bench.keep()
  }
  return (
    <>
      <p>{t('offer')}</p>
      <List size="sm">
        {offered.map((record) => (
          <List.Item key={record.id}>
            {t('entry', {
              name: runName(record),
              ...{ step: integer(record.checkpoint!.step), size: bytes(record.checkpoint!.bytes) },
            })}
          </List.Item>
        ))}
      </List>
      <Button size="xs" mt="xs" onClick={free}>
        {t('free', { count: offered.length, size: bytes(freed) })}
      </Button>
    </>
  )
}
