import { useEffect, useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import { laneRun } from '../../run/comparison'
import { comparisonToHash, runToHash } from '../../run/link'
import { type LessonStanding, standingOf } from '../../store/lesson-standing'
import { isRaceBusy, type RacePhase } from '../../store/race'
import { useDone, useLearn } from './learn-context'
import type { LoadedLesson } from './use-lesson'

/** How a step of a lesson stands, and what its button does. */
export interface Standing extends LessonStanding {
  phase: RacePhase['phase']
  busy: boolean
  /** Does what the step's action says. */
  act(): void
}

const none = () => () => {}

/** How a step stands, `laid` as `standingOf` says; marks it as done once it is. */
export function useStanding(
  { name, lesson }: LoadedLesson,
  index: number,
  laid: boolean,
): Standing {
  const learn = useLearn()
  const race = useStore(learn.race.store)
  const meter = useStore(learn.meter.store)
  const { answers, done: finished } = useDone(name)
  // One lane's figures stand for all: they grow together.
  const history = race.histories[0]?.at(-1)
  const readings = meter.histories.at(-1)?.at(-1)
  useSyncExternalStore(history?.subscribe ?? none, () => history?.version ?? 0)
  useSyncExternalStore(readings?.subscribe ?? none, () => readings?.version ?? 0)

  const { id, action } = lesson.steps[index]!
  const busy = isRaceBusy(race.phase)
  const answered = answers[id] !== undefined
  const standing = standingOf(lesson, index, { laid, answered }, race, meter)
  const { done, target, untrained } = standing
  useEffect(() => {
    if (done && !finished.includes(id)) learn.progress.finish(name, id)
  }, [done, finished, learn, name, id])

  return {
    ...standing,
    ...{ phase: race.phase.phase, busy },
    act() {
      if (busy) return
      if (untrained || action?.kind === 'train') {
        learn.trainTo(target, action?.kind === 'train' ? action.meter : undefined)
      } else if (action?.kind === 'measure') learn.meter.read()
      else if (action?.kind === 'open') {
        const { draft } = race
        const single = draft.lanes.length === 1
        window.location.hash = single ? runToHash(laneRun(draft, 0, 0)) : comparisonToHash(draft)
      }
    },
  }
}
