import { Button, CopyButton, Group, SegmentedControl } from '@mantine/core'
import { IconCheck, IconCopy, IconDownload, IconStopwatch } from '@tabler/icons-react'
import { Suspense, useMemo, useState } from 'react'
import { type BenchState, canTrain, isBusy } from '../store/bench'
import {
  type Grouping,
  profileFile,
  profileRows,
  type StepProfile,
  shareOfLimit,
  sum,
} from '../store/profile'
import { useBench, useBenchState } from './bench-context'
import { bytes, flops, integer, milliseconds, percent, rate } from './format'
import { KernelsNote } from './KernelsNote'
import { part } from './part'

const ProfileTable = part(() => import('./ProfileTable'))

/** Which kernels and layers a training step's time goes to. */
export function ProfilePanel() {
  const [open, setOpen] = useState(false)
  return (
    <details className="panel profile" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Where the time goes</summary>
      {open && <Content />}
    </details>
  )
}

const GROUPINGS: { value: Grouping; label: string }[] = [
  { value: 'kernel', label: 'By kernel' },
  { value: 'layer', label: 'By layer' },
]

function Content() {
  const profile = useBenchState((state) => state.profile)
  const [grouping, setGrouping] = useState<Grouping>('kernel')
  return (
    <>
      <div className="profile-head">
        <ProfileButton />
        {profile && (
          <SegmentedControl
            size="sm"
            aria-label="Sum up"
            data={GROUPINGS}
            value={grouping}
            onChange={(value) => setGrouping(value as Grouping)}
          />
        )}
      </div>
      <p role="status" className="profile-total">
        {profile ? (
          <Total profile={profile} />
        ) : (
          'Times every dispatch of one training step: which kernels and layers take the time, and how fast they are. The step is one of the run, which goes on from it.'
        )}
      </p>
      {profile && (
        <>
          <Suspense>
            <ProfileTable grouping={grouping} rows={profileRows(profile, grouping)} />
          </Suspense>
          <Limit profile={profile} />
          <Files profile={profile} />
        </>
      )}
      <KernelsNote />
    </>
  )
}

/** Keeps the focus while it has nothing to do, and says why. */
function ProfileButton() {
  const bench = useBench()
  const reason = useBenchState(obstacle)
  return (
    <>
      <Button
        leftSection={<IconStopwatch size={18} />}
        aria-disabled={reason !== undefined}
        data-disabled={reason !== undefined}
        aria-describedby="profile-obstacle"
        onClick={bench.profile}
      >
        Profile a step
      </Button>
      <span id="profile-obstacle" className="profile-obstacle">
        {reason}
      </span>
    </>
  )
}

/** Why no step can be profiled now. */
function obstacle(state: BenchState): string | undefined {
  const { phase, device, problems } = state
  if (canTrain(state)) return undefined
  if (device.state === 'unavailable') return 'There is no GPU to measure.'
  if (phase.phase === 'profiling') return 'The step is being timed.'
  if (isBusy(phase)) return 'Only where training rests: press Pause.'
  if (problems.length > 0) return 'A setting is out of range.'
  return 'The run has ended: Reset begins it again.'
}

/** What the step took in all, and how that was measured. */
function Total({ profile }: { profile: StepProfile }) {
  const software = useBenchState(({ device }) => device.state === 'ready' && device.software)
  const { step, timing, launches } = profile
  return (
    <>
      <strong>
        Step {integer(step + 1)}: {milliseconds(sum(launches, 'milliseconds'))} ms
      </strong>{' '}
      in {integer(launches.length)} dispatches, {flops(sum(launches, 'flops'))},{' '}
      {bytes(sum(launches, 'bytes'))} read or written.{' '}
      {timing === 'timestamps'
        ? "Measured by the GPU's timestamps, which browsers round to 0.1 ms or so."
        : 'Measured by the clock around a submit for each dispatch, which adds some time to every one and shows most in the small ones.'}
      {software && ' A software adapter: its times say nothing about a GPU.'}
    </>
  )
}

/** What the column of that name is held against. */
function Limit({ profile: { launches, rates } }: { profile: StepProfile }) {
  const share = shareOfLimit(launches, rates)
  return (
    <p className="profile-total">
      The limit is what two probes get out of this adapter: {rate(rates.flops / 1e9)} GFLOP/s in
      registers and {rate(rates.bytes / 1e9)} GB/s of copying; a dispatch cannot be faster than the
      slower of the two lets it, unless its tensors are in a cache.{' '}
      {share !== undefined && <>The step as a whole reaches {percent(share)}.</>}
    </p>
  )
}

function Files({ profile }: { profile: StepProfile }) {
  const bench = useBench()
  const run = useBenchState((state) => state.active.run)
  const device = useBenchState((state) => state.device)
  const { text } = useMemo(() => profileFile(profile, run, device), [profile, run, device])
  return (
    <Group gap="xs" mt="sm">
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button
            variant="default"
            size="xs"
            leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
            onClick={copy}
          >
            {copied ? 'Copied' : 'Copy JSON'}
          </Button>
        )}
      </CopyButton>
      <Button
        variant="default"
        size="xs"
        leftSection={<IconDownload size={16} />}
        onClick={bench.saveProfile}
      >
        Download JSON
      </Button>
      <span className="profile-note">
        Chrome's performance panel, recording meanwhile, shows the step on tracks of its own.
      </span>
    </Group>
  )
}
