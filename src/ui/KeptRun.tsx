import { Alert, Button, Group, List } from '@mantine/core'
import { IconAlertTriangle, IconHistory } from '@tabler/icons-react'
import { useBench, useBenchState } from './bench-context'
import { Fault } from './Fault'
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
    <Fault title={`${refused.name} was not taken`} onClose={bench.dismissRefused}>
      {refused.message} {refused.remedy}
    </Fault>
  )
}

/** Lines of a link's faults that are shown; the rest are counted. */
const FAULTS_SHOWN = 6

/** A link of which this version reads a part. */
export function PartOfLink() {
  const bench = useBench()
  const left = useBenchState((state) => state.leftOfLink)
  if (left.length === 0) return null
  return (
    <Alert
      className="caution"
      variant="outline"
      color="yellow"
      icon={<IconAlertTriangle />}
      title="This link was opened in part"
      role="alert"
      withCloseButton
      closeButtonLabel="Close"
      onClose={bench.dismissRefused}
    >
      It was made by another version, or changed on its way. What it says of these was left out:
      <List size="sm">
        {left.slice(0, FAULTS_SHOWN).map((line) => (
          <List.Item key={line}>{line}</List.Item>
        ))}
        {left.length > FAULTS_SHOWN && <List.Item>{left.length - FAULTS_SHOWN} more</List.Item>}
      </List>
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
