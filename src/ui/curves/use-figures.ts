import { useEffect, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import type { MetricsHistory } from '../../curves/history'
import type { CurveSeries } from '../../curves/series'
import { type Drawing, redraws } from './redraws'

const versionOf = (histories: readonly MetricsHistory[]) =>
  histories.reduce((sum, { version }) => sum + version, 0)

/**
 * Renders again when figures of the histories have come, in its turn and as often as it costs
 * little. `histories` should be the same array while it holds the same ones.
 */
export function useHistories(histories: readonly MetricsHistory[]): number {
  const [version, setVersion] = useState(() => versionOf(histories))
  const drawing = useRef<Drawing>({ cost: 0, draw: () => {} })
  const begun = performance.now()
  useLayoutEffect(() => {
    drawing.current.cost = performance.now() - begun
  })
  useEffect(() => {
    const { current } = drawing
    current.draw = () => setVersion(versionOf(histories))
    const ask = () => redraws.ask(current)
    const ends = histories.map((history) => history.subscribe(ask))
    // Figures may have come since the render.
    ask()
    return () => {
      redraws.cancel(current)
      for (const end of ends) end()
    }
  }, [histories])
  return version
}

/** The same for all histories of the series. */
export function useFigures(series: readonly CurveSeries[]): number {
  return useHistories(useMemo(() => series.flatMap(({ histories }) => histories), [series]))
}

/** True once the history has a step. */
export function useHasSteps(history: MetricsHistory): boolean {
  return useSyncExternalStore(history.subscribe, () => history.steps > 0)
}
