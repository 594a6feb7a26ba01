import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { LaneState } from '../../store/race'
import { integer } from '../format'
import { useFaultText } from '../use-fault-text'
import { useRaceState } from './race-context'

/** How the lane of that name stands in the race, with each seed that has begun. */
export function LaneStanding({ name }: { name: string }) {
  const lane = useRaceState(
    (state) => state.active?.comparison.lanes.findIndex((lane) => lane.name === name) ?? -1,
  )
  const states = useRaceState((state) => state.lanes[lane])
  const begun = (states ?? []).flatMap((state, seed) =>
    state.state === 'waiting' ? [] : [{ state, seed }],
  )
  const t = useTranslations('compare.standing')
  const several = (states?.length ?? 0) > 1
  return (
    <div role="status" className="lane-standing">
      {begun.map(({ state, seed }) => (
        <p key={seed}>
          {several && <span className="lane-seed">{t('ofSeed', { seed: String(seed + 1) })} </span>}
          <Standing state={state} />
        </p>
      ))}
    </div>
  )
}

function Standing({ state }: { state: LaneState }) {
  const t = useTranslations('compare.standing')
  const say = useFaultText()
  const b = (chunks: ReactNode) => <strong className="lane-fault">{chunks}</strong>
  switch (state.state) {
    case 'waiting':
      return null
    case 'training':
      return t('training')
    case 'finished':
      return t('finished', { steps: integer(state.step) })
    case 'diverged':
      return t.rich('diverged', { step: integer(state.step), b })
    case 'failed':
      return t.rich('failed', {
        step: integer(state.step),
        fault: say(state.message),
        remedy: say(state.remedy),
        b,
      })
    default:
      return state satisfies never
  }
}
