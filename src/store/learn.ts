import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ComparisonConfig } from '../run/comparison'
import { lessonClient, type TrainingClient } from '../worker/client'
import type { BenchState } from './bench'
import { createLessonProgress, type LessonProgress } from './lesson-progress'
import { createRace, type Race } from './race'
import { createRaceMeter, type RaceMeter } from './race-meter'

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
