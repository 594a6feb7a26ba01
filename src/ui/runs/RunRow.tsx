import { ActionIcon, Checkbox } from '@mantine/core'
import { IconStar, IconStarFilled, IconTrash } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import { type RunRecord, STEP_BYTES } from '../../archive/record'
import { modelName } from '../../models/presets'
import { bytes, integer, percent } from '../format'
import { useFormats } from '../use-formats'
import { bestAccuracy } from './run-list'
import { runName, statusOf } from './run-name'
import { useRuns } from './runs-context'
import { useIsOn } from './use-is-on'

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
  const active = useIsOn(record)
  const t = useTranslations('runs')
  const { moment } = useFormats()
  const { id, starred, run, steps, startedAt } = record
  const name = runName(record)
  const best = bestAccuracy(record)
  return (
    <li className="run-row">
      <Checkbox
        checked={shown}
        disabled={full && !shown}
        onChange={(event) => onShow(event.currentTarget.checked)}
        aria-label={t('list.show', { name })}
      />
      <ActionIcon
        variant="subtle"
        color={starred ? 'yellow' : 'gray'}
        aria-label={t('list.star', { name })}
        aria-pressed={starred}
        onClick={() => runs.star(id, !starred)}
      >
        {starred ? <IconStarFilled size={18} /> : <IconStar size={18} />}
      </ActionIcon>
      <div className="run-title">
        <a href={`#runs/${id}`}>{name}</a>
        <span className="run-about">
          {name !== modelName(run.model) && `${modelName(run.model)} · `}
          {t('list.about', {
            ...{ data: run.data.name, seed: String(run.seed), time: moment(startedAt) },
          })}
        </span>
      </div>
      <div className="run-figures">
        <span>
          {t('list.steps', {
            ...{ done: integer(steps), steps: integer(run.train.steps) },
            status: t(`status.${statusOf(record, active)}`),
          })}
        </span>
        <span>
          {best >= 0 ? t('list.best', { accuracy: percent(best) }) : t('list.notValidated')}
        </span>
        <span>{bytes(sizeOf(record))}</span>
      </div>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('list.delete', { name })}
        title={active ? t('list.isOn') : undefined}
        disabled={active}
        onClick={() => runs.delete(id)}
      >
        <IconTrash size={18} />
      </ActionIcon>
    </li>
  )
}
