import { Button, Textarea, TextInput } from '@mantine/core'
import { IconFileDownload, IconPlayerPlayFilled } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import type { RunRecord } from '../../archive/record'
import { modelName } from '../../models/presets'
import { runToHash } from '../../run/link'
import { useBench, useBenchState } from '../bench-context'
import { CopyLink } from '../CopyLink'
import { integer } from '../format'
import { PlaceHeading } from '../PlaceHeading'
import { ForkPanel } from './ForkPanel'
import { ReceiptPanel } from './ReceiptPanel'
import { ExportRuns } from './RunsFiles'
import { runName, statusName } from './run-name'
import { useRuns, useRunsState } from './runs-context'

const RunCurves = lazy(() => import('./RunCurves'))

/** One kept run: what it was, its curves, and what can be done with it. */
export default function RunPage({ id }: { id: string }) {
  const record = useRunsState((state) => state.runs?.find((run) => run.id === id))
  const reading = useRunsState((state) => state.runs === undefined)
  if (reading) return <main aria-busy="true" />
  if (!record) {
    return (
      <main className="place">
        <PlaceHeading>No such run</PlaceHeading>
        <p className="place-empty">
          This browser keeps no run of this name: it was deleted, or the address comes from another
          browser. <a href="#runs">All runs</a>
        </p>
      </main>
    )
  }
  return (
    <main className="place">
      <a href="#runs">All runs</a>
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
  const { id, run, checkpoint } = record
  const active = useBenchState((state) => state.active.key === id)
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
    <section className="panel" aria-label="Actions">
      <p className="panel-note">
        {integer(record.steps)} of {integer(run.train.steps)} steps, {statusName(record, active)}.{' '}
        {checkpoint
          ? `Its checkpoint is of step ${integer(checkpoint.step)}.`
          : 'It has no checkpoint: it can be trained again, but not resumed.'}
      </p>
      <div className="run-actions">
        {checkpoint && !active && (
          <Button
            size="xs"
            leftSection={<IconPlayerPlayFilled size={14} />}
            onClick={() => train(() => bench.resume({ id, name }))}
          >
            {checkpoint.step < run.train.steps ? 'Resume' : 'Open on the bench'}
          </Button>
        )}
        <Button size="xs" variant="default" onClick={() => train(() => bench.edit(() => run))}>
          New run with these settings
        </Button>
        <CopyLink hash={runToHash(run)} />
        {checkpoint && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconFileDownload size={16} />}
            onClick={saveCheckpoint}
          >
            Save checkpoint
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
  const { id, name, note, run } = record
  return (
    <section className="panel" aria-label="Name and note">
      <TextInput
        label="Name"
        placeholder={modelName(run.model)}
        defaultValue={name}
        maxLength={200}
        onBlur={(event) => runs.rename(id, event.currentTarget.value.trim())}
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      />
      <Textarea
        label="Note"
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
