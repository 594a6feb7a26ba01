import type { LaneState } from '../../store/race'
import { integer } from '../format'
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
  const several = (states?.length ?? 0) > 1
  return (
    <div role="status" className="lane-standing">
      {begun.map(({ state, seed }) => (
        <p key={seed}>
          {several && <span className="lane-seed">seed {seed + 1}: </span>}
          <Standing state={state} />
        </p>
      ))}
    </div>
  )
}

function Standing({ state }: { state: LaneState }) {
  switch (state.state) {
    case 'waiting':
      return null
    case 'training':
      return 'training'
    case 'finished':
      return `finished after ${integer(state.step)} steps`
    case 'diverged':
      return (
        <>
          <strong className="lane-fault">Diverged at step {integer(state.step)}.</strong> Its loss
          is no longer a finite number, and no step brings it back. What one lane survives at this
          learning rate, another does not: that is a result too. The other lanes go on.
        </>
      )
    case 'failed':
      return (
        <>
          <strong className="lane-fault">Stopped at step {integer(state.step)}.</strong>{' '}
          {state.message} {state.remedy}
        </>
      )
    default:
      return state satisfies never
  }
}
