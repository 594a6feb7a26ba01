import { useMemo } from 'react'
import type { CurveSeries } from '../../curves/series'
import { useRaceState } from './race-context'

/** The lanes of the race as the series of its charts; none before a race is planned. */
export function useRaceSeries(): readonly CurveSeries[] {
  const comparison = useRaceState((state) => state.active?.comparison)
  const histories = useRaceState((state) => state.histories)
  return useMemo(() => {
    if (!comparison) return []
    const { lanes, train, data } = comparison
    return lanes.map(({ name }, lane) => ({
      ...{ id: `lane-${lane}`, name, lane, histories: histories[lane]! },
      batchSize: train.batchSize,
      trainImages: data.train,
    }))
  }, [comparison, histories])
}
