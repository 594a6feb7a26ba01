import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { KeptRuns, KeptRunsState } from '../../store/kept-runs'

const RunsContext = createContext<KeptRuns | null>(null)

export const RunsProvider = RunsContext.Provider

export function useRuns(): KeptRuns {
  const runs = useContext(RunsContext)
  if (!runs) throw new Error('a component of the runs stands outside its provider')
  return runs
}

/** The part of the state that `select` picks; the component renders when it changes. */
export function useRunsState<T>(select: (state: KeptRunsState) => T): T {
  return useStore(useRuns().store, select)
}
