import { type ComponentProps, type ComponentType, lazy } from 'react'
import type CurvePlot from './CurvePlot'

type Plot = ComponentType<ComponentProps<typeof CurvePlot>>

/**
 * The plot with its library, the biggest part of the page's code, which nothing needs before the
 * first step. Where it cannot be loaded, training goes on without it.
 */
export const loadPlot = (): Promise<{ default: Plot }> =>
  import('./CurvePlot').catch(() => ({ default: MissingPlot }))

export const LazyPlot = lazy(loadPlot)

function MissingPlot() {
  return (
    <p className="chart-empty" role="alert">
      <span>
        The chart could not be loaded. The figures stand in the table below; save the run and reload
        the page to see it.
      </span>
    </p>
  )
}
