import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { Labs, LabsState } from '../../store/labs'

const LabsContext = createContext<Labs | null>(null)

export const LabsProvider = LabsContext.Provider

export function useLabs(): Labs {
  const labs = useContext(LabsContext)
  if (!labs) throw new Error('a component of the labs stands outside its provider')
  return labs
}

export function useLabsState<T>(select: (state: LabsState) => T): T {
  return useStore(useLabs().store, select)
}
