import { useCallback, useMemo, useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import { type DepthAxis, depthAxis } from '../../meter/depth'
import type { MeteredNet } from '../../meter/net'
import type { Meter, MeterState } from '../../store/meter'
import type { MeterView, MeterViewState } from '../../store/meter-view'

export function useMeterState<T>(meter: Meter, select: (state: MeterState) => T): T {
  return useStore(meter.store, select)
}

export function useMeterView<T>(view: MeterView, select: (state: MeterViewState) => T): T {
  return useStore(view.store, select)
}

/** Rises, at most ten times a second, when readings of the nets have come or gone. */
export function useReadings(nets: readonly MeteredNet[]): number {
  const subscribe = useCallback(
    (listener: () => void) => {
      const ends = nets.map(({ history }) => history.subscribe(listener))
      return () => {
        for (const end of ends) end()
      }
    },
    [nets],
  )
  return useSyncExternalStore(subscribe, () =>
    nets.reduce((sum, { history }) => sum + history.version, 0),
  )
}

/** The depth axis that the nets with readings share. */
export function useDepth(nets: readonly MeteredNet[], version: number): DepthAxis {
  return useMemo(
    () => depthAxis(nets.map(({ history }) => history.last?.units ?? [])),
    [nets, version],
  )
}
