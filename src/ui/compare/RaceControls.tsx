import { Button, Group, Progress as ProgressBar, VisuallyHidden } from '@mantine/core'
import { useSyncExternalStore } from 'react'
import { useTranslations } from 'use-intl'
import type { ComparisonConfig } from '../../run/comparison'
import type { LaneSpeed, RacePhase, RaceProgress } from '../../store/race'
import { canRace, canResetRace, comparisonDiffers, isRaceBusy, isRaceFresh } from '../../store/race'
import { useBenchState } from '../bench-context'
import { integer } from '../format'
import { RunButtons } from '../RunButtons'
import { useFaultText } from '../use-fault-text'
import { useFormats } from '../use-formats'
import { useRace, useRaceState } from './race-context'
import { StartChecks } from './StartChecks'

/** Train, Pause, Step, Reset for all lanes, how far they are, and how equal they started. */
export function RaceControls() {
  const race = useRace()
  const t = useTranslations('compare.controls')
  const device = useBenchState((state) => state.device.state)
  const busy = useRaceState(({ phase }) => isRaceBusy(phase))
  const trainable = useRaceState(canRace)
  const resettable = useRaceState(canResetRace)
  const there = device !== 'unavailable'
  return (
    <section className="panel controls" aria-label={t('label')}>
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
  const t = useTranslations('compare.controls')
  const summary = useSummary()
  const announcement = useAnnouncement()
  return (
    <div className="run-progress">
      <ProgressBar
        value={100 * (phase.phase === 'finished' ? 1 : (progress?.share ?? 0))}
        size="sm"
        aria-label={t('progress')}
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

function useSummary() {
  const t = useTranslations('compare.controls')
  const { duration } = useFormats()
  return (phase: RacePhase, { progress, comparison, speeds, step }: Standing): string => {
    const { lanes, seeds, train, until } = comparison
    const done = { step: integer(step), steps: integer(train.steps) }
    const turn = (seedIndex: number) =>
      seeds > 1 ? t('turn', { seed: String(seedIndex + 1), seeds: String(seeds) }) : undefined
    switch (phase.phase) {
      case 'idle': {
        const each =
          until.kind === 'time' ? duration(until.seconds) : t('steps', { steps: done.steps })
        return seeds > 1
          ? t('idleSeeds', { lanes: lanes.length, each, seeds: String(seeds) })
          : t('idle', { lanes: lanes.length, each })
      }
      case 'compiling': {
        const { lane, done, total } = phase
        const name = lanes[lane]?.name ?? ''
        return t('compiling', { name, done: String(done), total: String(total) })
      }
      case 'training': {
        const rate = imagesPerSecond(comparison, speeds)
        return inRow(
          turn(phase.seedIndex),
          t('step', done),
          rate === undefined ? undefined : t('pace', { rate: integer(rate) }),
          progress && t('left', { time: duration(progress.secondsLeft) }),
        )
      }
      case 'evaluating': {
        const { lane, seedIndex, done, total } = phase
        const name = lanes[lane]?.name ?? ''
        const images = { done: integer(done), total: integer(total) }
        return inRow(turn(seedIndex), t('validating', { name, ...images }))
      }
      case 'paused':
        return inRow(turn(phase.seedIndex), t('paused', done))
      case 'finished':
        return t('finished', { seeds })
      case 'failed':
        return t('stopped')
      default:
        return phase satisfies never
    }
  }
}

const inRow = (...texts: readonly (string | undefined)[]): string =>
  texts.filter((text) => text !== undefined).join(' · ')

/** Images a second over all lanes, which take turns on the GPU. */
function imagesPerSecond(
  { train: { batchSize } }: ComparisonConfig,
  speeds: readonly (LaneSpeed | undefined)[],
): number | undefined {
  const known = speeds.filter((speed) => speed !== undefined)
  if (known.length === 0) return undefined
  const milliseconds = known.reduce((sum, { stepMs }) => sum + stepMs, 0)
  return (1000 * batchSize * known.length) / milliseconds
}

/** What a screen reader is told: changes of phase, not every step. */
function useAnnouncement() {
  const t = useTranslations('compare.announce')
  const say = useFaultText()
  return (phase: RacePhase): string => {
    switch (phase.phase) {
      case 'training':
      case 'evaluating':
        return t('training', { seed: String(phase.seedIndex + 1) })
      case 'failed':
        return t('failed', { fault: say(phase.message) })
      default:
        return t(phase.phase)
    }
  }
}

/** Says when the comparison on the page is not that of the race, and takes it over. */
function ChangedComparison() {
  const t = useTranslations('compare.controls')
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
          <span>{t('changed')}</span>
          <Button size="compact-sm" variant="light" onClick={race.reset}>
            {t('apply')}
          </Button>
        </>
      )}
    </div>
  )
}
