import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { Bench, BenchState } from '../store/bench'

const BenchContext = createContext<Bench | null>(null)

export const BenchProvider = BenchContext.Provider

export function useBench(): Bench {
  const bench = useContext(BenchContext)
  if (!bench) throw new Error('a component of the bench stands outside its provider')
  return bench
}

/** The part of the state that `select` picks; the component renders when it changes. */
export function useBenchState<T>(select: (state: BenchState) => T): T {
  return useStore(useBench().store, select)
}
