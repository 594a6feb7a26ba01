import { Button, Group, Progress as ProgressBar, VisuallyHidden } from '@mantine/core'
import { useTranslations } from 'use-intl'
import type { Phase, Progress } from '../store/bench'
import { canReset, canTrain, isBusy, isFresh, moreImagesCame, settingsDiffer } from '../store/bench'
import { useBench, useBenchState } from './bench-context'
import { FileMenu } from './FileMenu'
import { integer } from './format'
import { RunButtons } from './RunButtons'
import { useFaultText } from './use-fault-text'
import { useFormats } from './use-formats'
import { WeightsHash } from './WeightsHash'

/** Train, Pause, Step, Reset, and how far the run is. */
export function ControlsPanel() {
  const t = useTranslations('train')
  const bench = useBench()
  const phase = useBenchState((state) => state.phase)
  const trainable = useBenchState(canTrain)
  const resettable = useBenchState(canReset)
  return (
    <section className="panel controls" aria-label={t('progress')}>
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
  const t = useTranslations('train')
  return (
    <div role="status" className="changed-settings">
      {origin && (
        <span>
          {t.rich('startsFrom', {
            origin: origin.name,
            name: (chunks) => <strong>{chunks}</strong>,
          })}
          <FromSeed tensors={origin.fromSeed} />
        </span>
      )}
    </div>
  )
}

/** The tensors of a fork that its origin does not have in this shape. */
function FromSeed({ tensors }: { tensors: readonly string[] }) {
  const t = useTranslations('train')
  if (tensors.length === 0) return null
  return (
    <details>
      <summary>{t('fromSeed', { count: tensors.length })}</summary>
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
  const t = useTranslations('train')
  return (
    <div role="status" className="changed-settings">
      {changed && (
        <>
          <span>{moreImages ? t('moreImages') : t('changed')}</span>
          <Button size="compact-sm" variant="light" onClick={bench.reset}>
            {t('resetToApply')}
          </Button>
        </>
      )}
    </div>
  )
}

function RunProgress({ phase }: { phase: Phase }) {
  const progress = useBenchState((state) => state.progress)
  const steps = useBenchState((state) => state.active.run.train.steps)
  const t = useTranslations('train')
  return (
    <div className="run-progress">
      <ProgressBar
        value={100 * share(phase, progress, steps)}
        size="sm"
        aria-label={t('progressOfRun')}
        mb={6}
      />
      <div className="figure">
        <Summary {...{ phase, progress, steps }} />
      </div>
      <WeightsHash />
      <VisuallyHidden aria-live="polite">
        <Announcement phase={phase} />
      </VisuallyHidden>
    </div>
  )
}

/** How far the run is. */
function share(phase: Phase, progress: Progress | undefined, steps: number): number {
  switch (phase.phase) {
    case 'idle':
      return 0
    case 'compiling':
    case 'evaluating':
      return phase.done / phase.total
    case 'training':
      return (progress?.step ?? phase.step) / steps
    case 'finished':
      return 1
    default:
      return phase.step / steps
  }
}

/** How far the run is, in words. */
function Summary(props: { phase: Phase; progress: Progress | undefined; steps: number }) {
  const { phase, progress } = props
  const t = useTranslations('train')
  const { duration } = useFormats()
  const rate = progress && t('imagesPerSecond', { rate: integer(progress.imagesPerSecond) })
  const steps = integer(props.steps)
  const withRate = (text: string) => (rate ? `${text} · ${rate}` : text)
  switch (phase.phase) {
    case 'idle':
      return t('ahead', { steps })
    case 'compiling':
      return t('compiling', { done: integer(phase.done), total: integer(phase.total) })
    case 'evaluating':
      return t('validating', { done: integer(phase.done), total: integer(phase.total) })
    case 'training': {
      const step = integer(progress?.step ?? phase.step)
      const left = progress && t('left', { time: duration(progress.secondsLeft) })
      return `${withRate(t('stepOf', { step, steps }))}${left ? `, ${left}` : ''}`
    }
    case 'profiling':
      return t('profiling')
    case 'paused':
      return withRate(t('pausedAt', { step: integer(phase.step), steps }))
    case 'finished':
      return withRate(t('finishedAt', { steps: integer(phase.step) }))
    case 'failed':
      return t('stoppedAt', { step: integer(phase.step) })
    default:
      return phase satisfies never
  }
}

/** What a screen reader is told: changes of phase, not every step. */
function Announcement({ phase }: { phase: Phase }) {
  const t = useTranslations('train.announce')
  const say = useFaultText()
  switch (phase.phase) {
    case 'evaluating':
      return t('training')
    case 'paused':
      return t('paused', { step: integer(phase.step) })
    case 'failed':
      return t('failed', { message: say(phase.message) })
    default:
      return t(phase.phase)
  }
}
