import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Action, Lesson, Step } from '../lessons/lesson'
import type { Measured, MeasuredLane } from '../lessons/measured'
import type { ComparisonConfig } from '../run/comparison'
import { lessonClient, type TrainingClient } from '../worker/client'
import type { BenchState } from './bench'
import { createLessonProgress, type LessonProgress } from './lesson-progress'
import { createRace, isRaceBusy, type Race, type RaceState } from './race'
import { createRaceMeter, type RaceMeter, type RaceMeterState } from './race-meter'

export interface LearnState {
  /** Which set-up lies on the lesson's bench. */
  laid: string | undefined
}

/** The lessons' own bench: nets of their own, beside the page's run and its race. */
export interface Learn {
  race: Race
  meter: RaceMeter
  progress: LessonProgress
  store: StoreApi<LearnState>
  /** Lays a set-up on the bench, called `key`; what lies there already stays as it is. */
  lay(key: string, comparison: ComparisonConfig): void
  /** Trains every lane until it has made so many steps; the meter reads at every `every`-th. */
  trainTo(steps: number, every?: number): void
}

/** Steps that have been trained on a step's set-up once its action is done. */
export function stepsUntil({ steps }: Lesson, index: number): number {
  const laid = steps.findLastIndex(({ setup }, i) => i <= index && setup !== undefined)
  return steps
    .slice(Math.max(0, laid), index + 1)
    .reduce((sum, { action }) => sum + (action?.kind === 'train' ? action.steps : 0), 0)
}

/** Whether a step's action has been done; `steps` as `stepsUntil` says. */
export function isDone(
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
        histories.length > 0 && histories.every(([first]) => (first?.last?.step ?? -1) >= steps)
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

function hasMade(steps: number, { active, histories, lanes, phase }: RaceState): boolean {
  if (!active) return false
  if (active.comparison.seeds > 1) return phase.phase === 'finished'
  return lanes.every(([state], lane) => {
    const ended = state?.state === 'diverged' || state?.state === 'finished'
    return ended || histories[lane]![0]!.steps >= steps
  })
}

/** What has been measured of the lesson's nets so far. */
export function measuredSoFar(race: RaceState, meter: RaceMeterState): Measured {
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

export function createLearn(
  pageClient: TrainingClient,
  bench: StoreApi<BenchState>,
  storage?: Storage,
): Learn {
  const client = lessonClient(pageClient)
  const race = createRace(client, bench)
  const meter = createRaceMeter(client, race.store)
  const store = createStore<LearnState>(() => ({ laid: undefined }))
  return {
    ...{ race, meter, store },
    progress: createLessonProgress(storage),
    lay(key, comparison) {
      if (store.getState().laid === key) return
      meter.setEvery(null)
      race.edit(() => comparison)
      race.reset()
      store.setState({ laid: key })
    },
    trainTo(steps, every) {
      const { active, histories } = race.store.getState()
      if (!active) return
      if (every !== undefined) meter.setEvery(every)
      if (active.comparison.seeds > 1) return race.train()
      const made = Math.max(...histories.map(([history]) => history!.steps))
      if (made < steps) race.trainFor(steps - made)
    },
  }
}
