import * as v from 'valibot'
import { createStore, type StoreApi } from 'zustand/vanilla'

const KEY = 'residual-playground.lessons.1'

const progressSchema = v.record(
  v.string(),
  v.object({ done: v.array(v.string()), answers: v.record(v.string(), v.string()) }),
)

/** How far each lesson has come: steps that are done, and the option last chosen in a step. */
export type LessonsDone = v.InferOutput<typeof progressSchema>
type LessonDone = LessonsDone[string]

const NONE: LessonDone = { done: [], answers: {} }

/** What the reader has done of the lessons, kept from one visit to the next. */
export interface LessonProgress {
  store: StoreApi<LessonsDone>
  answer(lesson: string, step: string, option: string): void
  finish(lesson: string, step: string): void
  /** Forgets one lesson, or all of them. */
  forget(lesson?: string): void
}

export const doneOf = (all: LessonsDone, lesson: string): LessonDone =>
  Object.hasOwn(all, lesson) ? all[lesson]! : NONE

function load(storage: Storage | undefined): LessonsDone {
  try {
    return v.parse(progressSchema, JSON.parse(storage?.getItem(KEY) ?? ''))
  } catch {
    // None yet, denied by the browser, or damaged.
    return {}
  }
}

export function createLessonProgress(storage: Storage | undefined): LessonProgress {
  const store = createStore<LessonsDone>(() => load(storage))
  const put = (all: LessonsDone) => {
    store.setState(all, true)
    try {
      storage?.setItem(KEY, JSON.stringify(all))
    } catch {
      // Denied or full: it lasts as long as the page.
    }
  }
  const change = (lesson: string, to: (before: LessonDone) => LessonDone) =>
    put({ ...store.getState(), [lesson]: to(doneOf(store.getState(), lesson)) })
  return {
    store,
    answer: (lesson, step, option) =>
      change(lesson, ({ done, answers }) => ({ done, answers: { ...answers, [step]: option } })),
    finish(lesson, step) {
      if (doneOf(store.getState(), lesson).done.includes(step)) return
      change(lesson, ({ done, answers }) => ({ done: [...done, step], answers }))
    },
    forget(lesson) {
      if (lesson === undefined) return put({})
      const { [lesson]: _, ...others } = store.getState()
      put(others)
    },
  }
}
