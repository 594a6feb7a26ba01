import { Button, Group, List } from '@mantine/core'
import { IconAlertTriangle, IconArrowBackUp, IconHistory } from '@tabler/icons-react'
import type { LastRace } from '../../store/race'
import { useBenchState } from '../bench-context'
import { Fault } from '../Fault'
import { integer, moment } from '../format'
import { NotKept } from '../KeptRun'
import { DeviceNotice, Problems } from '../Notices'
import { useFaultText } from '../use-fault-text'
import { useRace, useRaceState } from './race-context'

/** What stands between the user and a good race, each with what to do about it. */
export function RaceNotices() {
  const phase = useRaceState((state) => state.phase)
  const problems = useRaceState((state) => state.problems)
  const say = useFaultText()
  return (
    <div className="compare-notices">
      <DeviceNotice />
      <BadLink />
      <LastRaceOffer />
      <NotKept />
      {phase.phase === 'failed' && (
        <Fault title="The race stopped">
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
  const say = useFaultText()
  if (problems.length === 0) return null
  return (
    <Fault title="The link's comparison was not taken" onClose={race.dismissBadLink}>
      <List size="sm">
        {problems.map((problem) => (
          <List.Item key={problem}>{say(problem)}</List.Item>
        ))}
      </List>
      Your own comparison is still here.
    </Fault>
  )
}

/** Lanes that the worker could not plan. */
function UnfitLanes() {
  const plans = useRaceState((state) => state.plans)
  const say = useFaultText()
  const lanes = useRaceState((state) => state.active?.comparison.lanes)
  const unfit = plans.flatMap((plan, i) =>
    'message' in plan ? [{ name: lanes?.[i]?.name, ...plan }] : [],
  )
  if (unfit.length === 0) return null
  return (
    <Fault title={unfit.length === 1 ? 'A lane cannot train' : 'Some lanes cannot train'}>
      <List size="sm">
        {unfit.map(({ name, message, remedy }) => (
          <List.Item key={name}>
            <strong>{name}:</strong> {say(message)} {say(remedy)}
          </List.Item>
        ))}
      </List>
    </Fault>
  )
}

/** The race of the last visit, to go on with or to discard. */
function LastRaceOffer() {
  const lastRace = useRaceState((state) => state.lastRace)
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
  return (
    <section className="notice offer" aria-label="Last race">
      <IconHistory size={20} aria-hidden />
      <div role="status">
        <strong>Go on with your last race:</strong> {lanes.map(({ name }) => name).join(', ')};{' '}
        {seeds > 1 && `seed ${seedIndex + 1} of ${seeds}, `}step {integer(step)} of{' '}
        {integer(train.steps)}, saved {moment(savedAt)}. Training another one replaces it.
      </div>
      <Group gap="xs" wrap="nowrap">
        <Button size="xs" onClick={race.resumeLast} disabled={connecting}>
          Continue
        </Button>
        <Button size="xs" variant="default" onClick={race.discardLast}>
          Discard
        </Button>
      </Group>
    </section>
  )
}

function Damaged({ message }: { message: string }) {
  const say = useFaultText()
  const race = useRace()
  return (
    <section className="notice offer" aria-label="Last race">
      <IconAlertTriangle size={20} aria-hidden />
      <div role="status">
        <strong>Your last race cannot be continued:</strong> {say(`${message}.`)}
      </div>
      <Button size="xs" variant="default" onClick={race.discardLast}>
        Remove it
      </Button>
    </section>
  )
}

/** The comparison that a preset, a link or a run has taken the place of. */
function Replaced() {
  const race = useRace()
  const replaced = useRaceState((state) => state.replaced)
  if (!replaced) return null
  const names = replaced.lanes.map(({ name }) => name).join(', ')
  return (
    <section className="notice offer" aria-label="Replaced comparison">
      <IconArrowBackUp size={20} aria-hidden />
      <div role="status">
        <strong>This comparison took the place of yours:</strong> {names}.
      </div>
      <Button size="xs" variant="default" onClick={race.bringBack}>
        Bring it back
      </Button>
    </section>
  )
}
