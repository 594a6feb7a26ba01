import { List } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useBenchState } from './bench-context'
import { Fault } from './Fault'
import { LastRunOffer, NotKept, PartOfLink, RefusedFile } from './KeptRun'

/** What stands between the user and a good run, each with what to do about it. */
export function Notices() {
  const phase = useBenchState((state) => state.phase)
  const problems = useBenchState((state) => state.problems)
  return (
    <>
      <DeviceNotice />
      <LastRunOffer />
      <RefusedFile />
      <PartOfLink />
      <NotKept />
      {phase.phase === 'failed' && (
        <Fault title="The run stopped">
          {phase.message} {phase.remedy}
        </Fault>
      )}
      <Problems problems={problems} />
    </>
  )
}

/** That the page computes in software, or not at all. */
export function DeviceNotice() {
  const device = useBenchState((state) => state.device)
  if (device.state === 'unavailable') {
    return <NoWebGpu reason={device.reason} remedy={device.remedy} />
  }
  return device.state === 'ready' && device.software ? <SoftwareAdapter /> : null
}

/** Settings that are at fault, a line a fault with its path. */
export function Problems({ problems }: { problems: readonly string[] }) {
  if (problems.length === 0) return null
  return (
    <Fault title="These settings do not fit">
      <List size="sm">
        {problems.map((problem) => (
          <List.Item key={problem}>{problem}</List.Item>
        ))}
      </List>
    </Fault>
  )
}

function SoftwareAdapter() {
  return (
    <p className="notice" role="note">
      <IconAlertTriangle size={20} aria-hidden />
      <span>
        <strong>This adapter computes in software.</strong> Training works, but slowly, and times
        measured here say nothing about a GPU. Small nets and small batches keep it lively.
      </span>
    </p>
  )
}

const HELP = [
  ['Chrome and Edge', 'version 113 or later; see chrome://gpu for why the GPU is not used'],
  ['Chrome on Linux', 'a Vulkan driver, and chrome://flags/#enable-unsafe-webgpu switched on'],
  [
    'Firefox',
    'version 141 or later on Windows, 145 on macOS; else dom.webgpu.enabled in about:config',
  ],
  ['Safari', 'version 26 or later on macOS, iOS and iPadOS'],
] as const

function NoWebGpu({ reason, remedy }: { reason: string; remedy: string }) {
  return (
    <Fault title="Training needs WebGPU">
      {reason} {remedy} Units, diagrams and counts work without it.
      <List size="sm" mt="xs">
        {HELP.map(([browser, what]) => (
          <List.Item key={browser}>
            <strong>{browser}:</strong> {what}
          </List.Item>
        ))}
      </List>
    </Fault>
  )
}
