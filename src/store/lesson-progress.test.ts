import { expect, test } from 'vitest'
import { createLessonProgress, doneOf } from './lesson-progress'

/** What of the browser's storage the progress needs. */
function memory(text?: string) {
  let kept = text ?? null
  return {
    getItem: () => kept,
    setItem: (_: string, value: string) => {
      kept = value
    },
  } as unknown as Storage
}

test('what was done of a lesson is there at the next visit, until it is forgotten', () => {
  const storage = memory()
  const first = createLessonProgress(storage)
  first.answer('plain', 'depth', 'more')
  first.answer('plain', 'depth', 'less')
  first.finish('plain', 'depth')
  first.finish('plain', 'depth')
  first.finish('unit', 'parts')
  const second = createLessonProgress(storage)
  expect(second.store.getState()).toEqual({
    plain: { done: ['depth'], answers: { depth: 'less' } },
    unit: { done: ['parts'], answers: {} },
  })
  second.forget('plain')
  expect(doneOf(createLessonProgress(storage).store.getState(), 'plain').done).toEqual([])
  second.forget()
  expect(createLessonProgress(storage).store.getState()).toEqual({})
})

test('a damaged progress, or none, is an empty one', () => {
  for (const text of ['{"plain": 3}', '{', undefined]) {
    expect(createLessonProgress(memory(text)).store.getState()).toEqual({})
  }
  expect(createLessonProgress(undefined).store.getState()).toEqual({})
})

test('a lesson that is called as something every object has is one like any other', () => {
  const progress = createLessonProgress(undefined)
  expect(doneOf(progress.store.getState(), 'constructor')).toEqual({ done: [], answers: {} })
  progress.finish('constructor', 'parts')
  expect(doneOf(progress.store.getState(), 'constructor').done).toEqual(['parts'])
})
