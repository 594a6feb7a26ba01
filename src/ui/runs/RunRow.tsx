import { ActionIcon, Checkbox } from '@mantine/core'
import { IconStar, IconStarFilled, IconTrash } from '@tabler/icons-react'
import { type RunRecord, STEP_BYTES } from '../../archive/record'
import { modelName } from '../../models/presets'
import { useBenchState } from '../bench-context'
import { bytes, integer, moment, percent } from '../format'
import { bestAccuracy } from './run-list'
import { runName, statusName } from './run-name'
import { useRuns } from './runs-context'

/** What a run takes of the browser's storage, about. */
export function sizeOf({ steps, checkpoint }: RunRecord): number {
  return steps * STEP_BYTES + (checkpoint?.bytes ?? 0)
}

/** A run in the list. */
export function RunRow(props: {
  record: RunRecord
  shown: boolean
  onShow: (shown: boolean) => void
  full: boolean
}) {
  const { record, shown, onShow, full } = props
  const runs = useRuns()
  const active = useBenchState((state) => state.active.key === record.id)
  const { id, starred, run, steps, startedAt } = record
  const name = runName(record)
  const best = bestAccuracy(record)
  return (
    <li className="run-row">
      <Checkbox
        checked={shown}
        disabled={full && !shown}
        onChange={(event) => onShow(event.currentTarget.checked)}
        aria-label={`Show the curves of ${name}`}
      />
      <ActionIcon
        variant="subtle"
        color={starred ? 'yellow' : 'gray'}
        aria-label={`Star ${name}`}
        aria-pressed={starred}
        onClick={() => runs.star(id, !starred)}
      >
        {starred ? <IconStarFilled size={18} /> : <IconStar size={18} />}
      </ActionIcon>
      <div className="run-title">
        <a href={`#runs/${id}`}>{name}</a>
        <span className="run-about">
          {name !== modelName(run.model) && `${modelName(run.model)} · `}
          {run.data.name} · seed {run.seed} · {moment(startedAt)}
        </span>
      </div>
      <div className="run-figures">
        <span>
          {integer(steps)} of {integer(run.train.steps)} steps, {statusName(record, active)}
        </span>
        <span>{best >= 0 ? `best ${percent(best)}` : 'not validated'}</span>
        <span>{bytes(sizeOf(record))}</span>
      </div>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={`Delete ${name}`}
        title={active ? 'This run is on: reset first' : undefined}
        disabled={active}
        onClick={() => runs.delete(id)}
      >
        <IconTrash size={18} />
      </ActionIcon>
    </li>
  )
}
