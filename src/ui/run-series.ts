import { useMemo } from 'react'
import type { CurveSeries } from '../curves/series'
import { modelName } from '../models/presets'
import { useBench, useBenchState } from './bench-context'

/** The bench's run as the one series of its charts. */
export function useRunSeries(): readonly CurveSeries[] {
  const { history } = useBench()
  const { model, data, train } = useBenchState((state) => state.active.run)
  return useMemo(
    () => [
      {
        id: 'run',
        name: modelName(model),
        lane: 0,
        histories: [history],
        batchSize: train.batchSize,
        trainImages: data.train,
      },
    ],
    [history, model, train, data],
  )
}
