import { Button, Group, Progress as ProgressBar, VisuallyHidden } from '@mantine/core'
import { useSyncExternalStore } from 'react'
import type { ComparisonConfig } from '../../run/comparison'
import type { LaneSpeed, RacePhase, RaceProgress } from '../../store/race'
import { canRace, canResetRace, comparisonDiffers, isRaceBusy, isRaceFresh } from '../../store/race'
import { useBenchState } from '../bench-context'
import { duration, integer } from '../format'
import { RunButtons } from '../RunButtons'
import { useRace, useRaceState } from './race-context'
import { StartChecks } from './StartChecks'

/** Train, Pause, Step, Reset for all lanes, how far they are, and how equal they started. */
export function RaceControls() {
  const race = useRace()
  const device = useBenchState((state) => state.device.state)
  const busy = useRaceState(({ phase }) => isRaceBusy(phase))
  const trainable = useRaceState(canRace)
  const resettable = useRaceState(canResetRace)
  const there = device !== 'unavailable'
  return (
    <section className="panel controls" aria-label="Training progress">
      <Group gap="xs" wrap="nowrap">
        <RunButtons
          trainer={race}
          busy={busy}
          trainable={trainable && there}
          resettable={resettable && there}
        />
      </Group>
      <RaceProgressBar />
      <StartChecks />
      <ChangedComparison />
    </section>
  )
}

function RaceProgressBar() {
  const phase = useRaceState((state) => state.phase)
  const progress = useRaceState((state) => state.progress)
  const comparison = useRaceState((state) => state.active?.comparison ?? state.draft)
  const speeds = useRaceState((state) => state.speeds)
  const step = useFurthestStep()
  return (
    <div className="run-progress">
      <ProgressBar
        value={100 * (phase.phase === 'finished' ? 1 : (progress?.share ?? 0))}
        size="sm"
        aria-label="Progress of the race"
        mb={6}
      />
      <div className="figure">{summary(phase, { progress, comparison, speeds, step })}</div>
      <VisuallyHidden aria-live="polite">{announcement(phase)}</VisuallyHidden>
    </div>
  )
}

/** Steps of the lane that has made most of them with the seed that trains. */
function useFurthestStep(): number {
  const histories = useRaceState((state) => state.histories)
  const seed = useRaceState(({ phase }) => ('seedIndex' in phase ? phase.seedIndex : 0))
  const ofSeed = histories.flatMap((seeds) => seeds[seed] ?? [])
  const [first] = ofSeed
  const subscribe = first?.subscribe ?? (() => () => {})
  return useSyncExternalStore(subscribe, () => Math.max(0, ...ofSeed.map(({ steps }) => steps)))
}

interface Standing {
  progress: RaceProgress | undefined
  comparison: ComparisonConfig
  speeds: readonly (LaneSpeed | undefined)[]
  step: number
}

function summary(phase: RacePhase, { progress, comparison, speeds, step }: Standing): string {
  const { lanes, seeds, train, until } = comparison
  const turn = (seedIndex: number) => (seeds > 1 ? `Seed ${seedIndex + 1} of ${seeds} · ` : '')
  const done = `step ${integer(step)} of ${integer(train.steps)}`
  switch (phase.phase) {
    case 'idle': {
      const each = until.kind === 'time' ? duration(until.seconds) : `${integer(train.steps)} steps`
      const times = seeds > 1 ? `, ${seeds} seeds each` : ''
      return `${lanes.length} ${lanes.length === 1 ? 'lane' : 'lanes'}, ${each}${times}`
    }
    case 'compiling': {
      const { lane, done, total } = phase
      return `Compiling kernels of ${lanes[lane]?.name}: ${done} of ${total}`
    }
    case 'training': {
      const left = progress ? ` · ${duration(progress.secondsLeft)} left` : ''
      return turn(phase.seedIndex) + done + pace(comparison, speeds) + left
    }
    case 'evaluating': {
      const { lane, seedIndex, done, total } = phase
      const images = `${integer(done)} of ${integer(total)} images`
      return `${turn(seedIndex)}Validating ${lanes[lane]?.name}: ${images}`
    }
    case 'paused':
      return `${turn(phase.seedIndex)}Paused after ${done}`
    case 'finished':
      return `Finished: every lane, ${seeds === 1 ? 'one seed' : `${seeds} seeds`}`
    case 'failed':
      return 'Stopped'
    default:
      return phase satisfies never
  }
}

/** Images a second over all lanes, which take turns on the GPU. */
function pace(
  { train: { batchSize } }: ComparisonConfig,
  speeds: readonly (LaneSpeed | undefined)[],
): string {
  const known = speeds.filter((speed) => speed !== undefined)
  if (known.length === 0) return ''
  const milliseconds = known.reduce((sum, { stepMs }) => sum + stepMs, 0)
  return ` · ${integer((1000 * batchSize * known.length) / milliseconds)} images/s`
}

/** What a screen reader is told: changes of phase, not every step. */
function announcement(phase: RacePhase): string {
  switch (phase.phase) {
    case 'idle':
      return 'Ready'
    case 'compiling':
      return 'Compiling kernels'
    case 'training':
    case 'evaluating':
      return `Training with seed ${phase.seedIndex + 1}`
    case 'paused':
      return 'Paused'
    case 'finished':
      return 'Finished'
    case 'failed':
      return `Stopped: ${phase.message}`
    default:
      return phase satisfies never
  }
}

/** Says when the comparison on the page is not that of the race, and takes it over. */
function ChangedComparison() {
  const race = useRace()
  const bench = useBenchState((state) => state)
  const changed = useRaceState(
    (state) =>
      !isRaceFresh(state) && state.problems.length === 0 && comparisonDiffers(state, bench),
  )
  return (
    <div role="status" className="changed-settings">
      {changed && (
        <>
          <span>The comparison has changed; the race keeps its own.</span>
          <Button size="compact-sm" variant="light" onClick={race.reset}>
            Reset to apply
          </Button>
        </>
      )}
    </div>
  )
}
