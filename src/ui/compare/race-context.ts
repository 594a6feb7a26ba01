import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { Race, RaceState } from '../../store/race'

const RaceContext = createContext<Race | null>(null)

export const RaceProvider = RaceContext.Provider

export function useRace(): Race {
  const race = useContext(RaceContext)
  if (!race) throw new Error('a component of the race stands outside its provider')
  return race
}

/** The part of the state that `select` picks; the component renders when it changes. */
export function useRaceState<T>(select: (state: RaceState) => T): T {
  return useStore(useRace().store, select)
}
