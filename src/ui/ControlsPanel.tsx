import { Button, Group, Progress as ProgressBar, VisuallyHidden } from '@mantine/core'
import {
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerSkipForwardFilled,
  IconRotate2,
} from '@tabler/icons-react'
import type { Phase, Progress } from '../store/bench'
import { isBusy } from '../store/bench'
import { useBench, useBenchState } from './bench-context'
import { duration, integer } from './format'

/** Train, Pause, Step, Reset, and how far the run is. */
export function ControlsPanel() {
  const bench = useBench()
  const phase = useBenchState((state) => state.phase)
  const broken = useBenchState((state) => state.problems.length > 0)
  const available = useBenchState((state) => state.device.state !== 'unavailable')
  const busy = isBusy(phase)
  const over = phase.phase === 'finished' || (phase.phase === 'failed' && phase.step > 0)
  const canTrain = available && !broken && !over
  return (
    <section className="panel controls" aria-label="Training progress">
      <Group gap="xs" wrap="wrap">
        {busy ? (
          <Button w={112} leftSection={<IconPlayerPauseFilled size={16} />} onClick={bench.pause}>
            Pause
          </Button>
        ) : (
          <Button
            w={112}
            leftSection={<IconPlayerPlayFilled size={16} />}
            onClick={bench.train}
            disabled={!canTrain}
          >
            Train
          </Button>
        )}
        <Button
          variant="default"
          leftSection={<IconPlayerSkipForwardFilled size={16} />}
          onClick={bench.step}
          disabled={busy || !canTrain}
        >
          Step
        </Button>
        <Button
          variant="default"
          leftSection={<IconRotate2 size={16} />}
          onClick={bench.reset}
          disabled={broken || !available}
        >
          Reset
        </Button>
        <RunProgress phase={phase} />
      </Group>
    </section>
  )
}

function RunProgress({ phase }: { phase: Phase }) {
  const progress = useBenchState((state) => state.progress)
  const steps = useBenchState((state) => state.active.run.train.steps)
  const { share, text } = summary(phase, progress, steps)
  return (
    <div style={{ flex: '1 1 220px', minWidth: 0 }}>
      <ProgressBar value={100 * share} size="sm" aria-label="Progress of the run" mb={6} />
      <div className="figure">{text}</div>
      <VisuallyHidden aria-live="polite">{announcement(phase)}</VisuallyHidden>
    </div>
  )
}

/** How far the run is, as a share and in words. */
function summary(phase: Phase, progress: Progress | undefined, steps: number) {
  const rate = progress ? `${integer(progress.imagesPerSecond)} images/s` : ''
  switch (phase.phase) {
    case 'idle':
      return { share: 0, text: `${integer(steps)} steps ahead` }
    case 'compiling': {
      const { done, total } = phase
      return { share: done / total, text: `Compiling kernels: ${done} of ${total}` }
    }
    case 'evaluating': {
      const { done, total } = phase
      return {
        share: done / total,
        text: `Validating: ${integer(done)} of ${integer(total)} images`,
      }
    }
    case 'training': {
      const step = progress?.step ?? phase.step
      const left = progress ? `, ${duration(progress.secondsLeft)} left` : ''
      const text = `Step ${integer(step)} of ${integer(steps)}${rate && ` · ${rate}`}${left}`
      return { share: step / steps, text }
    }
    case 'paused':
      return {
        share: phase.step / steps,
        text: `Paused after step ${integer(phase.step)} of ${integer(steps)}${rate && ` · ${rate}`}`,
      }
    case 'finished':
      return { share: 1, text: `Finished: ${integer(phase.step)} steps${rate && ` · ${rate}`}` }
    case 'failed':
      return { share: phase.step / steps, text: `Stopped at step ${integer(phase.step)}` }
    default:
      return phase satisfies never
  }
}

/** What a screen reader is told: changes of phase, not every step. */
function announcement(phase: Phase): string {
  switch (phase.phase) {
    case 'idle':
      return 'Ready'
    case 'compiling':
      return 'Compiling kernels'
    case 'training':
    case 'evaluating':
      return 'Training'
    case 'paused':
      return `Paused after step ${phase.step}`
    case 'finished':
      return 'Finished'
    case 'failed':
      return `Stopped: ${phase.message}`
    default:
      return phase satisfies never
  }
}
