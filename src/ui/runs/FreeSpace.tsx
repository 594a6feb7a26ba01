import { Button, List } from '@mantine/core'
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
  const active = useBenchState((state) => state.active.key)
  const offered = useRunsState(
    useShallow((state) => freeable(state.runs ?? [], active).slice(0, OFFERED)),
  )
  if (offered.length === 0) {
    return (
      <p>
        No run without a star has a checkpoint to remove. Delete runs, or take stars away, in{' '}
        <a href="#runs">Runs</a>; or remove CIFAR-10 under Pictures.
      </p>
    )
  }
  const freed = offered.reduce((sum, { checkpoint }) => sum + checkpoint!.bytes, 0)
  const free = async () => {
    await runs.freeCheckpoints(offered.map(({ id }) => id))
    bench.keep()
  }
  return (
    <>
      <p>
        Room is made by removing the checkpoints of the oldest runs without a star. Their settings
        and curves stay; they cannot be resumed then:
      </p>
      <List size="sm">
        {offered.map((record) => (
          <List.Item key={record.id}>
            {runName(record)}, step {integer(record.checkpoint!.step)}:{' '}
            {bytes(record.checkpoint!.bytes)}
          </List.Item>
        ))}
      </List>
      <Button size="xs" mt="xs" onClick={free}>
        Remove {offered.length === 1 ? 'this checkpoint' : `these ${offered.length} checkpoints`}:{' '}
        {bytes(freed)}
      </Button>
    </>
  )
}
