import { MetricsHistory } from '../src/curves/history'
import type { CurveSeries } from '../src/curves/series'

/** A history whose loss is `lossAt(step)` for steps counted from 1, at a tenth of a second each. */
export function historyOf(steps: number, lossAt: (step: number) => number): MetricsHistory {
  const history = new MetricsHistory()
  history.append({
    first: 0,
    loss: Float32Array.from({ length: steps }, (_, i) => lossAt(i + 1)),
    correct: Uint32Array.from({ length: steps }, (_, i) => i % 11),
    learningRate: new Float64Array(steps).fill(0.1),
    seconds: Float64Array.from({ length: steps }, (_, i) => (i + 1) / 10),
  })
  return history
}

export function seriesOf(name: string, lane: number, histories: MetricsHistory[]): CurveSeries {
  return { id: name, name, lane, histories, batchSize: 10, trainImages: 1000 }
}
