import { Button, Textarea, TextInput } from '@mantine/core'
import { IconFileDownload, IconPlayerPlayFilled } from '@tabler/icons-react'
import { Suspense } from 'react'
import { useTranslations } from 'use-intl'
import type { RunRecord } from '../../archive/record'
import { modelName } from '../../models/presets'
import { comparisonName } from '../../run/comparison'
import { runToHash } from '../../run/link'
import { useBench } from '../bench-context'
import { CopyLink } from '../CopyLink'
import { integer } from '../format'
import { PlaceHeading } from '../PlaceHeading'
import { part } from '../part'
import { ForkPanel } from './ForkPanel'
import { ReceiptPanel } from './ReceiptPanel'
import { ExportRuns } from './RunsFiles'
import { runName, statusOf } from './run-name'
import { useRuns, useRunsState } from './runs-context'
import { useIsOn } from './use-is-on'

const RunCurves = part(() => import('./RunCurves'))

/** One kept run: what it was, its curves, and what can be done with it. */
export default function RunPage({ id }: { id: string }) {
  const record = useRunsState((state) => state.runs?.find((run) => run.id === id))
  const t = useTranslations('runs.page')
  const reading = useRunsState((state) => state.runs === undefined)
  if (reading) return <main aria-busy="true" />
  if (!record) {
    return (
      <main className="place">
        <PlaceHeading>{t('none')}</PlaceHeading>
        <p className="place-empty">
          {t.rich('aboutNone', { all: (chunks) => <a href="#runs">{chunks}</a> })}
        </p>
      </main>
    )
  }
  return (
    <main className="place">
      <a href="#runs">{t('all')}</a>
      <PlaceHeading>{runName(record)}</PlaceHeading>
      <div className="run-page">
        <div className="column">
          <Actions record={record} />
          <Suspense>
            <RunCurves records={[record]} />
          </Suspense>
          <ReceiptPanel record={record} />
        </div>
        <div className="column">
          <Words record={record} />
          {record.checkpoint && <ForkPanel record={record} />}
        </div>
      </div>
    </main>
  )
}

function Actions({ record }: { record: RunRecord }) {
  const bench = useBench()
  const runs = useRuns()
  const { id, run, checkpoint, group } = record
  const active = useIsOn(record)
  const t = useTranslations('runs')
  const name = runName(record)
  const train = (work: () => void) => {
    work()
    window.location.hash = '#train'
  }
  const saveCheckpoint = async () => {
    const file = await runs.checkpoint(id)
    const net = modelName(run.model).toLowerCase().replaceAll(' ', '-')
    if (file) bench.download(`${net}-step-${checkpoint!.step}.checkpoint.safetensors`, file)
  }
  return (
    <section className="panel" aria-label={t('page.actions')}>
      <p className="panel-note">
        {t('page.standing', {
          ...{ done: integer(record.steps), steps: integer(run.train.steps) },
          status: t(`status.${statusOf(record, active)}`),
        })}{' '}
        {checkpoint
          ? t('page.checkpointOf', { step: integer(checkpoint.step) })
          : t('page.noCheckpoint')}
        {group && ` ${t('page.lane', { names: comparisonName(group.comparison) })}`}
      </p>
      <div className="run-actions">
        {checkpoint && !active && (
          <Button
            size="xs"
            leftSection={<IconPlayerPlayFilled size={14} />}
            onClick={() => train(() => bench.resume({ id, name }))}
          >
            {t(checkpoint.step < run.train.steps ? 'page.resume' : 'page.open')}
          </Button>
        )}
        <Button size="xs" variant="default" onClick={() => train(() => bench.edit(() => run))}>
          {t('page.again')}
        </Button>
        <CopyLink hash={runToHash(run)} />
        {checkpoint && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconFileDownload size={16} />}
            onClick={saveCheckpoint}
          >
            {t('page.save')}
          </Button>
        )}
        <ExportRuns records={[record]} name={fileName(name)} />
      </div>
    </section>
  )
}

/** Name and note, kept when the field is left. */
function Words({ record }: { record: RunRecord }) {
  const runs = useRuns()
  const t = useTranslations('runs.page')
  const { id, name, note } = record
  return (
    <section className="panel" aria-label={t('words')}>
      <TextInput
        label={t('name')}
        placeholder={runName({ ...record, name: '' })}
        defaultValue={name}
        maxLength={200}
        onBlur={(event) => runs.rename(id, event.currentTarget.value.trim())}
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      />
      <Textarea
        label={t('note')}
        mt="sm"
        autosize
        minRows={3}
        defaultValue={note}
        maxLength={20_000}
        onBlur={(event) => runs.annotate(id, event.currentTarget.value)}
      />
    </section>
  )
}

/** A run's name as the name of a file. */
function fileName(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}.-]+/gu, '-')
}
