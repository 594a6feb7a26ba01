import { Button, Group, List } from '@mantine/core'
import { IconAlertTriangle, IconArrowBackUp, IconHistory } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { ELSEWHERE } from '../../store/client-in-turn'
import type { LastRace } from '../../store/race'
import { useBenchState } from '../bench-context'
import { Fault } from '../Fault'
import { integer } from '../format'
import { LeftOfLink, NotKept } from '../KeptRun'
import { DeviceNotice, Problems } from '../Notices'
import { useFaultText } from '../use-fault-text'
import { useFormats } from '../use-formats'
import { RaceSetBack } from './RaceSetBack'
import { useRace, useRaceState } from './race-context'

const strong = (chunks: ReactNode) => <strong>{chunks}</strong>

/** What stands between the user and a good race, each with what to do about it. */
export function RaceNotices() {
  const { dismissBadLink } = useRace()
  const leftOfLink = useRaceState((state) => state.leftOfLink)
  const phase = useRaceState((state) => state.phase)
  const problems = useRaceState((state) => state.problems)
  const t = useTranslations('compare.notice')
  const say = useFaultText()
  return (
    <div className="compare-notices">
      <DeviceNotice />
      <BadLink />
      <LeftOfLink left={leftOfLink} onClose={dismissBadLink} />
      <LastRaceOffer />
      <RaceSetBack />
      <NotKept />
      {phase.phase === 'failed' && (
        <Fault title={t('stopped')}>
          {say(phase.message)} {say(phase.remedy)}
        </Fault>
      )}
      <UnfitLanes />
      <Problems problems={problems} />
      <Replaced />
    </div>
  )
}

function BadLink() {
  const race = useRace()
  const problems = useRaceState((state) => state.badLink)
  const t = useTranslations('compare.notice')
  const say = useFaultText()
  if (problems.length === 0) return null
  return (
    <Fault title={t('badLink')} onClose={race.dismissBadLink}>
      <List size="sm">
        {problems.map((problem) => (
          <List.Item key={problem}>{say(problem)}</List.Item>
        ))}
      </List>
      {t('ownIsHere')}
    </Fault>
  )
}

/** Lanes that the worker could not plan. */
function UnfitLanes() {
  const plans = useRaceState((state) => state.plans)
  const t = useTranslations('compare.notice')
  const say = useFaultText()
  const lanes = useRaceState((state) => state.active?.comparison.lanes)
  const unfit = plans.flatMap((plan, i) =>
    'message' in plan ? [{ name: lanes?.[i]?.name, ...plan }] : [],
  )
  if (unfit.length === 0) return null
  return (
    <Fault title={t('unfit', { count: unfit.length })}>
      <List size="sm">
        {unfit.map(({ name, message, remedy }) => (
          <List.Item key={name}>
            {t.rich('unfitLane', {
              name: name ?? '',
              fault: say(message),
              remedy: say(remedy),
              b: strong,
            })}
          </List.Item>
        ))}
      </List>
    </Fault>
  )
}

/** The race of the last visit, to go on with or to discard. */
function LastRaceOffer() {
  const lastRace = useRaceState((state) => state.lastRace)
  const elsewhere = useBenchState(({ device }) => device === ELSEWHERE)
  if (elsewhere) return null
  switch (lastRace.state) {
    case 'none':
      return null
    case 'offered':
      return <Offer {...lastRace} />
    case 'damaged':
      return <Damaged message={lastRace.message} />
    default:
      return lastRace satisfies never
  }
}

function Offer(props: Extract<LastRace, { state: 'offered' }>) {
  const { comparison, seedIndex, step, savedAt } = props
  const race = useRace()
  const connecting = useBenchState((state) => state.device.state === 'connecting')
  const { lanes, seeds, train } = comparison
  const t = useTranslations('compare.notice')
  const { moment } = useFormats()
  const said = {
    names: lanes.map(({ name }) => name).join(', '),
    step: integer(step),
    steps: integer(train.steps),
    time: moment(savedAt),
    b: strong,
  }
  return (
    <section className="notice offer" aria-label={t('last')}>
      <IconHistory size={20} aria-hidden />
      <div role="status">
        {seeds === 1
          ? t.rich('offer', said)
          : t.rich('offerSeed', { ...said, seed: String(seedIndex + 1), seeds: String(seeds) })}
      </div>
      <Group gap="xs" wrap="nowrap">
        <Button size="xs" onClick={race.resumeLast} disabled={connecting}>
          {t('resume')}
        </Button>
        <Button size="xs" variant="default" onClick={race.discardLast}>
          {t('discard')}
        </Button>
      </Group>
    </section>
  )
}

function Damaged({ message }: { message: string }) {
  const t = useTranslations('compare.notice')
  const say = useFaultText()
  const race = useRace()
  return (
    <section className="notice offer" aria-label={t('last')}>
      <IconAlertTriangle size={20} aria-hidden />
      <div role="status">{t.rich('damaged', { fault: say(`${message}.`), b: strong })}</div>
      <Button size="xs" variant="default" onClick={race.discardLast}>
        {t('remove')}
      </Button>
    </section>
  )
}

/** The comparison that a preset, a link or a run has taken the place of. */
function Replaced() {
  const race = useRace()
  const replaced = useRaceState((state) => state.replaced)
  const t = useTranslations('compare.notice')
  if (!replaced) return null
  const names = replaced.lanes.map(({ name }) => name).join(', ')
  return (
    <section className="notice offer" aria-label={t('replacedLabel')}>
      <IconArrowBackUp size={20} aria-hidden />
      <div role="status">{t.rich('replaced', { names, b: strong })}</div>
      <Button size="xs" variant="default" onClick={race.bringBack}>
        {t('bringBack')}
      </Button>
    </section>
  )
}
