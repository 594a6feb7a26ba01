import { Button, Group, Progress as ProgressBar, VisuallyHidden } from '@mantine/core'
import type { Phase, Progress } from '../store/bench'
import { canReset, canTrain, isBusy, isFresh, moreImagesCame, settingsDiffer } from '../store/bench'
import { useBench, useBenchState } from './bench-context'
import { FileMenu } from './FileMenu'
import { duration, integer } from './format'
import { RunButtons } from './RunButtons'
import { WeightsHash } from './WeightsHash'

/** Train, Pause, Step, Reset, and how far the run is. */
export function ControlsPanel() {
  const bench = useBench()
  const phase = useBenchState((state) => state.phase)
  const trainable = useBenchState(canTrain)
  const resettable = useBenchState(canReset)
  return (
    <section className="panel controls" aria-label="Training progress">
      <Group gap="xs" wrap="nowrap">
        <RunButtons trainer={bench} busy={isBusy(phase)} {...{ trainable, resettable }} />
        <FileMenu />
      </Group>
      <RunProgress phase={phase} />
      <StartsFrom />
      <ChangedSettings />
    </section>
  )
}

/** Says where the run's first weights come from, if not from its seed. */
function StartsFrom() {
  const origin = useBenchState((state) => state.startsFrom)
  return (
    <div role="status" className="changed-settings">
      {origin && (
        <span>
          Starts from the weights of <strong>{origin.name}</strong>; Reset starts from the seed.
          <FromSeed tensors={origin.fromSeed} />
        </span>
      )}
    </div>
  )
}

/** The tensors of a fork that its origin does not have in this shape. */
function FromSeed({ tensors }: { tensors: readonly string[] }) {
  if (tensors.length === 0) return null
  return (
    <details>
      <summary>
        {tensors.length} {tensors.length === 1 ? 'tensor comes' : 'tensors come'} from the seed all
        the same
      </summary>
      {tensors.join(', ')}
    </details>
  )
}

/** Says when the settings on the page are not those of the run, and takes them over. */
function ChangedSettings() {
  const bench = useBench()
  const changed = useBenchState(
    (state) => !isFresh(state) && state.problems.length === 0 && settingsDiffer(state),
  )
  const moreImages = useBenchState(moreImagesCame)
  return (
    <div role="status" className="changed-settings">
      {changed && (
        <>
          <span>
            {moreImages
              ? 'More of CIFAR-10 is here than this run began with.'
              : 'The settings have changed; the run keeps its own.'}
          </span>
          <Button size="compact-sm" variant="light" onClick={bench.reset}>
            Reset to apply
          </Button>
        </>
      )}
    </div>
  )
}

function RunProgress({ phase }: { phase: Phase }) {
  const progress = useBenchState((state) => state.progress)
  const steps = useBenchState((state) => state.active.run.train.steps)
  const { share, text } = summary(phase, progress, steps)
  return (
    <div className="run-progress">
      <ProgressBar value={100 * share} size="sm" aria-label="Progress of the run" mb={6} />
      <div className="figure">{text}</div>
      <WeightsHash />
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
    case 'profiling':
      return { share: phase.step / steps, text: 'Timing each dispatch of a step' }
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
    case 'profiling':
      return 'Profiling a step'
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
