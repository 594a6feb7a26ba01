import { Button, Group, Progress } from '@mantine/core'
import {
  IconActivity,
  IconArrowUpRight,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconRotate2,
} from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import type { Action } from '../../lessons/lesson'
import type { Section } from '../../lessons/texts'
import { useBenchState } from '../bench-context'
import { RaceSetBack } from '../compare/RaceSetBack'
import { useRace, useRaceState } from '../compare/race-context'
import { Fault } from '../Fault'
import { useFaultText } from '../use-fault-text'
import { Text } from './Text'
import type { Standing } from './use-standing'

const ICON = { train: IconPlayerPlayFilled, measure: IconActivity, open: IconArrowUpRight }

/** What is to be done at a step, how far it is, and what is in its way. */
export function ActionPart(props: { action: Action; text: Section; standing: Standing }) {
  const { action, text, standing } = props
  const t = useTranslations('learn')
  const race = useRace()
  const device = useBenchState((state) => state.device)
  const say = useFaultText()
  const { busy, actionDone, untrained, made, target } = standing
  const Icon = untrained ? IconPlayerPlayFilled : ICON[action.kind]
  const idle = action.kind === 'open' || (device.state !== 'unavailable' && !actionDone)
  return (
    <section className="lesson-part lesson-action">
      <Text text={text.body} />
      {untrained && <p className="panel-note">{t('trainFirstWhy')}</p>}
      <Group gap="xs">
        {busy ? (
          <Button
            leftSection={<IconPlayerPauseFilled size={16} />}
            aria-keyshortcuts="Space"
            onClick={race.pause}
          >
            {t('pause')}
          </Button>
        ) : (
          <Button
            leftSection={<Icon size={16} />}
            aria-keyshortcuts="Space"
            disabled={!idle}
            data-act
            onClick={standing.act}
          >
            {untrained ? t('trainFirst', { steps: target }) : <Text inline text={text.title} />}
          </Button>
        )}
        {made > 0 && (
          <Button
            variant="default"
            leftSection={<IconRotate2 size={16} />}
            aria-keyshortcuts="r"
            onClick={race.reset}
          >
            {t('restart')}
          </Button>
        )}
      </Group>
      {target > 0 && <ActionProgress {...standing} />}
      {device.state === 'unavailable' && (
        <Fault title={t('needsGpu')}>
          {say(device.reason)} {say(device.remedy)} {t('needsGpuRest')}
        </Fault>
      )}
      <RaceSetBack ofLesson />
      <Faults />
    </section>
  )
}

function ActionProgress({ made, target }: Standing) {
  const t = useTranslations('learn')
  const phase = useRaceState((state) => state.phase)
  const seeds = useRaceState((state) => state.active?.comparison.seeds ?? 1)
  const share = useRaceState(({ progress }) => progress?.share ?? 0)
  const told = () => {
    if (phase.phase === 'compiling') return t('compiling', { done: phase.done, total: phase.total })
    if (phase.phase === 'evaluating') return t('evaluating')
    if (made === 0) return t('ahead', { steps: target })
    return t('made', { made: Math.min(made, target), steps: target })
  }
  const done = phase.phase === 'finished' ? 1 : seeds > 1 ? share : made / target
  return (
    <div className="run-progress">
      <Progress value={100 * Math.min(1, done)} size="sm" mb={6} aria-label={told()} />
      <div className="figure">{told()}</div>
    </div>
  )
}

/** Nets that have stopped, and why. */
function Faults() {
  const t = useTranslations('learn')
  const say = useFaultText()
  const phase = useRaceState((state) => state.phase)
  const lanes = useRaceState((state) => state.lanes)
  const names = useRaceState((state) => state.active?.comparison.lanes)
  return (
    <>
      {phase.phase === 'failed' && (
        <Fault title={t('stopped')}>
          {say(phase.message)} {say(phase.remedy)}
        </Fault>
      )}
      {lanes.map((seeds, lane) =>
        seeds.map((state, seed) =>
          state.state === 'diverged' ? (
            <p key={`${lane} ${seed}`} role="status" className="panel-note">
              {t('diverged', { lane: names?.[lane]?.name ?? '', step: state.step })}
            </p>
          ) : null,
        ),
      )}
    </>
  )
}
