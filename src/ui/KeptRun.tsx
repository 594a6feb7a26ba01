import { Alert, Button, Group } from '@mantine/core'
import { IconAlertTriangle, IconHistory } from '@tabler/icons-react'
import { modelName } from '../models/presets'
import type { LastRun } from '../store/bench'
import { useBench, useBenchState } from './bench-context'
import { integer, moment } from './format'

/** The run of the last visit, to resume or to discard. */
export function LastRunOffer() {
  const lastRun = useBenchState((state) => state.lastRun)
  switch (lastRun.state) {
    case 'none':
      return null
    case 'offered':
      return <Offer {...lastRun} />
    case 'damaged':
      return <Damaged message={lastRun.message} />
    default:
      return lastRun satisfies never
  }
}

function Offer({ run, step, savedAt }: Extract<LastRun, { state: 'offered' }>) {
  const bench = useBench()
  return (
    <section className="notice offer" aria-label="Last run">
      <IconHistory size={20} aria-hidden />
      <div role="status">
        <strong>Resume your last run:</strong> {modelName(run.model)}, step {integer(step)} of{' '}
        {integer(run.train.steps)}, saved {moment(savedAt)}. Training another run replaces it.
      </div>
      <Group gap="xs" wrap="nowrap">
        <Button size="xs" onClick={bench.resumeLast}>
          Resume
        </Button>
        <Button size="xs" variant="default" onClick={bench.discardLast}>
          Discard
        </Button>
      </Group>
    </section>
  )
}

function Damaged({ message }: { message: string }) {
  const bench = useBench()
  return (
    <section className="notice offer" aria-label="Last run">
      <IconAlertTriangle size={20} aria-hidden />
      <div role="status">
        <strong>Your last run cannot be resumed:</strong> {message}.
      </div>
      <Button size="xs" variant="default" onClick={bench.discardLast}>
        Remove it
      </Button>
    </section>
  )
}

/** A file that was not taken, and that this browser does not keep the run. */
export function FileNotices() {
  const bench = useBench()
  const refused = useBenchState((state) => state.refused)
  const unsaved = useBenchState((state) => state.unsaved)
  return (
    <>
      {refused && (
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
      )}
      {unsaved && (
        <p className="notice" role="status">
          <IconAlertTriangle size={20} aria-hidden />
          <span>
            <strong>The run is not kept.</strong> {unsaved}
          </span>
        </p>
      )}
    </>
  )
}
