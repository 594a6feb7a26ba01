import { useEffect, useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import { type Judged, judge } from '../../lessons/measured'
import { laneRun } from '../../run/comparison'
import { comparisonToHash, runToHash } from '../../run/link'
import { isDone, isTold, measuredSoFar, stepsUntil } from '../../store/learn'
import { isRaceBusy, type RacePhase } from '../../store/race'
import { useDone, useLearn } from './learn-context'
import type { LoadedLesson } from './use-lesson'

/** How a step of a lesson stands. */
export interface Standing {
  phase: RacePhase['phase']
  busy: boolean
  /** Steps that the lesson's nets have made, and will have made once the action is done. */
  made: number
  target: number
  /** The step measures nets that an earlier step has trained, and here they are not. */
  untrained: boolean
  actionDone: boolean
  /** What came of each check, in their order; undefined where its values are not there yet. */
  judged: readonly (Judged | undefined)[]
  /** True where everything that the step asks for has been done. */
  done: boolean
  /** Does what the step's action says. */
  act(): void
}

const none = () => () => {}

/** How a step stands; marks it as done once it is. */
export function useStanding({ name, lesson }: LoadedLesson, index: number): Standing {
  const learn = useLearn()
  const race = useStore(learn.race.store)
  const meter = useStore(learn.meter.store)
  const { answers, done: finished } = useDone(name)
  // One lane's figures stand for all: they grow together.
  const history = race.histories[0]?.at(-1)
  const readings = meter.histories.at(-1)?.at(-1)
  useSyncExternalStore(history?.subscribe ?? none, () => history?.version ?? 0)
  useSyncExternalStore(readings?.subscribe ?? none, () => readings?.version ?? 0)

  const { id, action, checks = [], question } = lesson.steps[index]!
  const target = stepsUntil(lesson, index)
  const made = Math.max(0, ...race.histories.map(([first]) => first?.steps ?? 0))
  const busy = isRaceBusy(race.phase)
  const untrained = action?.kind === 'measure' && made < target
  const actionDone = !untrained && isDone(action, target, race, meter)
  const measured = measuredSoFar(race, meter)
  const told = actionDone && isTold(lesson.steps[index]!, answers[id] !== undefined)
  const judged = checks.map((check) => (told ? judge(check, measured) : undefined))
  const done =
    actionDone &&
    judged.every((one) => one !== undefined) &&
    (!question || answers[id] !== undefined)
  useEffect(() => {
    if (done && !finished.includes(id)) learn.progress.finish(name, id)
  }, [done, finished, learn, name, id])

  return {
    ...{ phase: race.phase.phase, busy, made, target, untrained, actionDone, judged, done },
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
