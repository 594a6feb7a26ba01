import { createContext, useContext } from 'react'
import type { RunMeter } from '../../store/meter'
import type { RaceMeter } from '../../store/race-meter'

interface Meters {
  run: RunMeter
  race: RaceMeter
}

const MeterContext = createContext<Meters | null>(null)

export const MeterProvider = MeterContext.Provider

export function useMeters(): Meters {
  const meters = useContext(MeterContext)
  if (!meters) throw new Error('a component of the meter stands outside its provider')
  return meters
}
