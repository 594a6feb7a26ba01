import { createContext, useContext } from 'react'
import type { Settings } from '../run/config'

/** The settings that a place of the page shows and changes: the bench's, or a comparison's. */
export interface SettingsAccess {
  settings: Settings
  /** What is wrong with them, a line a fault with its path. */
  problems: readonly string[]
  edit(change: <T extends Settings>(settings: T) => T): void
}

const SettingsContext = createContext<SettingsAccess | null>(null)

export const SettingsProvider = SettingsContext.Provider

export function useSettings(): SettingsAccess {
  const access = useContext(SettingsContext)
  if (!access) throw new Error('a field of the settings stands outside its provider')
  return access
}
