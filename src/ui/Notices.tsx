import { Alert, Button, List } from '@mantine/core'
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import { isFresh, settingsDiffer } from '../store/bench'
import { useBench, useBenchState } from './bench-context'

/** What stands between the user and a good run, each with what to do about it. */
export function Notices() {
  const bench = useBench()
  const device = useBenchState((state) => state.device)
  const phase = useBenchState((state) => state.phase)
  const changed = useBenchState(
    (state) => !isFresh(state) && state.problems.length === 0 && settingsDiffer(state),
  )
  const problems = useBenchState((state) => state.problems)
  return (
    <>
      {device.state === 'unavailable' && <NoWebGpu reason={device.reason} remedy={device.remedy} />}
      {device.state === 'ready' && device.software && (
        <Alert
          className="notice"
          role="note"
          variant="outline"
          color="yellow"
          p="sm"
          icon={<IconAlertTriangle />}
          title="This adapter computes in software"
        >
          Training works, but slowly, and times measured here say nothing about a GPU. Small nets
          and small batches keep it lively.
        </Alert>
      )}
      {phase.phase === 'failed' && (
        <Alert color="red" icon={<IconAlertTriangle />} title="The run stopped" role="alert">
          {phase.message} {phase.remedy}
        </Alert>
      )}
      {problems.length > 0 && (
        <Alert
          color="red"
          icon={<IconAlertTriangle />}
          title="These settings do not fit"
          role="alert"
        >
          <List size="sm">
            {problems.map((problem) => (
              <List.Item key={problem}>{problem}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      {changed && (
        <Alert
          color="lagoon"
          role="status"
          icon={<IconInfoCircle />}
          title="The settings have changed"
        >
          The run that is on keeps its own.{' '}
          <Button size="compact-sm" variant="light" onClick={bench.reset}>
            Reset to apply
          </Button>
        </Alert>
      )}
    </>
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
    <Alert color="red" icon={<IconAlertTriangle />} title="Training needs WebGPU" role="alert">
      {reason} {remedy} Units, diagrams and counts work without it.
      <List size="sm" mt="xs">
        {HELP.map(([browser, what]) => (
          <List.Item key={browser}>
            <strong>{browser}:</strong> {what}
          </List.Item>
        ))}
      </List>
    </Alert>
  )
}
