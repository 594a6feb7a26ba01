import { useState, useSyncExternalStore } from 'react'
import type { UnitReading } from '../../meter/quantities'
import type { ModelSpec } from '../../models/spec'
import { sameJson } from '../../run/same'
import type { MeterView } from '../../store/meter-view'
import { useBenchState } from '../bench-context'
import type { Direction } from './edge-values'
import { useMeters } from './meter-context'
import { useMeterView } from './use-meter'

/** What stands on the edges of the diagram. */
export interface Edges {
  /** The units of the last reading; undefined where the run that was read is not of this net. */
  units: readonly UnitReading[] | undefined
  /** The name of the unit that was chosen to be shown. */
  chosen: string | undefined
  direction: Direction
  setDirection: (direction: Direction) => void
  view: MeterView
}

/** The readings of the bench's run for the diagram of a net. */
export function useEdges(model: ModelSpec): Edges {
  const { history, view } = useMeters().run
  const trained = useBenchState((state) => state.active.run.model)
  useSyncExternalStore(history.subscribe, () => history.version)
  const named = useMeterView(view, (state) => state.unit)
  const [direction, setDirection] = useState<Direction>('forward')
  const units = sameJson(model, trained) ? history.last?.units : undefined
  return { units, chosen: units && named, direction, setDirection, view }
}
