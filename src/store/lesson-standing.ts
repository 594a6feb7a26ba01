import type { Action, Lesson, Step } from '../lessons/lesson'
import { type Judged, judge, type Measured, type MeasuredLane } from '../lessons/measured'
import { isRaceBusy, type RaceState } from './race'
import type { RaceMeterState } from './race-meter'

/** What has been done and measured of what a step of a lesson asks for. */
export interface LessonStanding {
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
}

/**
 * How a step stands by what was measured. `laid` says whether it is the step's set-up that lies on
 * the bench: on the way from one step to the next it is still the other's for a moment.
 */
export function standingOf(
  lesson: Lesson,
  index: number,
  { laid, answered }: { laid: boolean; answered: boolean },
  race: RaceState,
  meter: RaceMeterState,
): LessonStanding {
  const step = lesson.steps[index]!
  const { action, checks = [], question } = step
  const target = stepsUntil(lesson, index)
  const made = laid ? Math.max(0, ...race.histories.map(([first]) => first?.steps ?? 0)) : 0
  const untrained = action?.kind === 'measure' && made < target
  const actionDone = laid && !untrained && isDone(action, target, race, meter)
  const measured = measuredSoFar(race, meter)
  const told = actionDone && isTold(step, answered)
  const judged = checks.map((check) => (told ? judge(check, measured) : undefined))
  const done = actionDone && judged.every((one) => one !== undefined) && (!question || answered)
  return { made, target, untrained, actionDone, judged, done }
}

/** Steps that have been trained on a step's set-up once its action is done. */
export function stepsUntil({ steps }: Lesson, index: number): number {
  const laid = steps.findLastIndex(({ setup }, i) => i <= index && setup !== undefined)
  return steps
    .slice(Math.max(0, laid), index + 1)
    .reduce((sum, { action }) => sum + (action?.kind === 'train' ? action.steps : 0), 0)
}

/** Whether a step's action has been done; `steps` as `stepsUntil` says. */
function isDone(
  action: Action | undefined,
  steps: number,
  race: RaceState,
  { histories }: RaceMeterState,
): boolean {
  switch (action?.kind) {
    case undefined:
    case 'open':
      return true
    case 'measure':
      return (
        histories.length > 0 &&
        histories.every(([first], lane) => {
          return hasEnded(race, lane) || (first?.last?.step ?? -1) >= steps
        })
      )
    case 'train':
      return !isRaceBusy(race.phase) && hasMade(steps, race)
    default:
      return action satisfies never
  }
}

/** Whether a step's checks may be told: what is only counted would answer a question asked first. */
export function isTold({ action, question }: Step, answered: boolean): boolean {
  return answered || action !== undefined || question?.asked !== 'before'
}

function hasMade(steps: number, race: RaceState): boolean {
  const { active, histories, lanes, phase } = race
  if (!active) return false
  if (active.comparison.seeds > 1) return phase.phase === 'finished'
  return lanes.every((_, lane) => hasEnded(race, lane) || histories[lane]![0]!.steps >= steps)
}

/** Whether a lane makes no more steps. */
function hasEnded({ lanes }: RaceState, lane: number): boolean {
  const state = lanes[lane]?.[0]?.state
  return state === 'diverged' || state === 'finished'
}

/** What has been measured of the lesson's nets so far. */
function measuredSoFar(race: RaceState, meter: RaceMeterState): Measured {
  const { active, histories, speeds, starts } = race
  const lanes = active?.comparison.lanes ?? []
  return {
    start: starts.at(-1),
    lanes: lanes.map(
      ({ model }, lane): MeasuredLane => ({
        model,
        batchSize: active!.comparison.train.batchSize,
        stepMs: speeds[lane]?.stepMs,
        runs: histories[lane]!.map(({ loss, correct, evaluations }, seed) => ({
          ...{ loss, correct, evaluations },
          readings: meter.histories[lane]?.[seed]?.readings ?? [],
        })),
      }),
    ),
  }
}
