import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { Learn, LearnState } from '../../store/learn'
import { doneOf } from '../../store/lesson-progress'

const LearnContext = createContext<Learn | null>(null)

export const LearnProvider = LearnContext.Provider

export function useLearn(): Learn {
  const learn = useContext(LearnContext)
  if (!learn) throw new Error('a component of the lessons stands outside its provider')
  return learn
}

/** The part of the state that `select` picks; the component renders when it changes. */
export function useLearnState<T>(select: (state: LearnState) => T): T {
  return useStore(useLearn().store, select)
}

/** What the reader has done of a lesson. */
export function useDone(lesson: string) {
  return useStore(useLearn().progress.store, (all) => doneOf(all, lesson))
}
