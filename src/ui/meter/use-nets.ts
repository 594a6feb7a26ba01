import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { MeteredNet } from '../../meter/net'
import { laneRun } from '../../run/comparison'
import { useRaceState } from '../compare/race-context'
import { useMeters } from './meter-context'

/** The lanes of the race as nets with readings, for each seed. */
export function useNetsBySeed(): readonly (readonly MeteredNet[])[] {
  const { race: meter } = useMeters()
  const comparison = useRaceState((state) => state.active?.comparison)
  const histories = useStore(meter.store, (state) => state.histories)
  return useMemo(() => {
    if (!comparison || histories.length !== comparison.lanes.length) return []
    return Array.from({ length: comparison.seeds }, (_, seed) =>
      comparison.lanes.map(({ name }, lane) => ({
        ...{ id: `lane-${lane}`, name, lane, run: laneRun(comparison, lane, seed) },
        history: histories[lane]![seed]!,
      })),
    )
  }, [comparison, histories])
}
