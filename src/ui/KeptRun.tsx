import { Alert, Button, Group } from '@mantine/core'
import { IconAlertTriangle, IconHistory } from '@tabler/icons-react'
import { useBench, useBenchState } from './bench-context'
import { integer, moment } from './format'
import { FreeSpace } from './runs/FreeSpace'
import { runName } from './runs/run-name'
import { useRuns, useRunsState } from './runs/runs-context'

/** A run that was broken off, to resume or to leave among the runs. */
export function LastRunOffer() {
  const bench = useBench()
  const runs = useRuns()
  const offer = useRunsState((state) => state.offer)
  if (!offer?.checkpoint) return null
  const { id, run, checkpoint } = offer
  const name = runName(offer)
  return (
    <section className="notice offer" aria-label="Last run">
      <IconHistory size={20} aria-hidden />
      <div role="status">
        <strong>Resume your last run:</strong> {name}, step {integer(checkpoint.step)} of{' '}
        {integer(run.train.steps)}, saved {moment(checkpoint.savedAt)}. It stays in{' '}
        <a href="#runs">Runs</a>.
      </div>
      <Group gap="xs" wrap="nowrap">
        <Button size="xs" onClick={() => bench.resume({ id, name })}>
          Resume
        </Button>
        <Button size="xs" variant="default" onClick={() => runs.setAside()}>
          Not now
        </Button>
      </Group>
    </section>
  )
}

/** A file that was not taken. */
export function RefusedFile() {
  const bench = useBench()
  const refused = useBenchState((state) => state.refused)
  if (!refused) return null
  return (
    <Alert
      className="fault"
      variant="outline"
      color="red"
      icon={<IconAlertTriangle />}
      title={`${refused.name} was not taken`}
      role="alert"
      withCloseButton
      closeButtonLabel="Close"
      onClose={bench.dismissRefused}
    >
      {refused.message} {refused.remedy}
    </Alert>
  )
}

/** That this browser does not keep the run, or not its figures, and what to do about it. */
export function NotKept() {
  const unsaved = useBenchState((state) => state.unsaved)
  const unwritten = useRunsState((state) => state.unwritten)
  const unavailable = useRunsState((state) => state.unavailable)
  const fault = unsaved ?? unwritten
  if (!fault && unavailable === undefined) return null
  const full = unsaved?.full || unwritten?.full
  return (
    <section className="notice" aria-label="Storage">
      <IconAlertTriangle size={20} aria-hidden />
      <div>
        <span role="status">
          <strong>The run is not kept.</strong>{' '}
          {fault?.message ?? `This browser gives the page no database: ${unavailable}.`} It goes on,
          and is lost when the page is closed; a saved checkpoint keeps it.
        </span>
        {full && <FreeSpace />}
      </div>
    </section>
  )
}
