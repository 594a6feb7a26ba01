import { Button, Progress, VisuallyHidden } from '@mantine/core'
import { IconAlertTriangle, IconArrowLeft } from '@tabler/icons-react'
import { Fault } from '../../src/ui/Fault'
import { BenchForm } from './BenchForm'
import { Results } from './Results'
import { type AdapterState, useAdapter } from './use-adapter'
import { type BenchRun, useBench } from './use-bench'

/** How fast this adapter trains, against its own limits and against other libraries. */
export function BenchPage() {
  const adapter = useAdapter()
  const bench = useBench()
  const { state } = bench
  return (
    <>
      <header className="header">
        <img src="../icon.svg" width={26} height={26} alt="" />
        <a className="bench-back" href="../">
          <IconArrowLeft size={16} aria-hidden /> Residual Playground
        </a>
        <AdapterBadge adapter={adapter} />
      </header>
      <main className="bench-page" data-phase={state.phase}>
        <section className="panel">
          <h1>Bench</h1>
          <p>
            Trains a ResNet on your GPU and times it: a whole training step against the fastest
            arithmetic and copying that two probes get out of the adapter, the forward pass alone,
            the first step, memory and dispatches. Close what else is using the GPU. Everything is
            computed in workers on this device; nothing is sent anywhere.
          </p>
          <AdapterNotice adapter={adapter} />
          {adapter.state === 'there' && (
            <BenchForm
              software={adapter.software}
              running={state.phase === 'running'}
              onStart={bench.start}
            />
          )}
          <Status bench={bench} />
        </section>
        {state.phase === 'done' && <Results report={state.report} markdown={state.markdown} />}
      </main>
    </>
  )
}

function AdapterBadge({ adapter }: { adapter: AdapterState }) {
  switch (adapter.state) {
    case 'asking':
      return <Badge kind="connecting" name="looking for the GPU…" />
    case 'none':
      return <Badge kind="unavailable" name="no GPU" />
    case 'there':
      return adapter.software ? (
        <Badge kind="software" name={`${adapter.name} (software)`} />
      ) : (
        <Badge kind="hardware" name={adapter.name} />
      )
    default:
      return adapter satisfies never
  }
}

function Badge({ kind, name }: { kind: string; name: string }) {
  return (
    <span className="device" data-kind={kind} title={name}>
      <span className="device-name">{name}</span>
    </span>
  )
}

function AdapterNotice({ adapter }: { adapter: AdapterState }) {
  if (adapter.state === 'none') {
    return (
      <Fault title="The bench needs WebGPU">
        {adapter.reason} Use a current Chrome or Edge, or update the graphics driver.
      </Fault>
    )
  }
  if (adapter.state === 'asking' || !adapter.software) return null
  return (
    <p className="notice" role="note">
      <IconAlertTriangle size={20} aria-hidden />
      <span>
        <strong>This adapter computes in software.</strong> The figures compare algorithms on your
        processor and say nothing of a GPU. The smallest net takes about a minute.
      </span>
    </p>
  )
}

function Status({ bench: { state, cancel } }: { bench: BenchRun }) {
  switch (state.phase) {
    case 'idle':
      return null
    case 'running':
      return (
        <div className="bench-status">
          <Progress value={100 * state.share} aria-label="Progress of the bench" />
          <div className="bench-progress">
            <span role="status">{state.line}</span>
            <Button variant="default" onClick={cancel}>
              Cancel
            </Button>
          </div>
        </div>
      )
    case 'done':
      return <VisuallyHidden role="status">The bench is done.</VisuallyHidden>
    case 'cancelled':
      return (
        <p className="bench-status" role="status">
          Cancelled: nothing computes any more.
        </p>
      )
    case 'failed':
      return (
        <Fault title="The bench stopped">
          {state.message} Try a smaller batch or a smaller net.
        </Fault>
      )
    default:
      return state satisfies never
  }
}
