import { createStore, type StoreApi } from 'zustand/vanilla'
import type { UnitQuantity } from '../meter/quantities'

/** How a place of the page looks at its readings; all of its charts share it. */
export interface MeterViewState {
  /** Where on the depth axis pointer or keys are, from 0 to 1. */
  cursor: number | undefined
  /** The unit whose readings stand on the diagram, by its name; undefined for one like the others. */
  unit: string | undefined
  /** What the heat strip shows. */
  strip: UnitQuantity
}

export interface MeterView {
  store: StoreApi<MeterViewState>
  setCursor(cursor: number | undefined): void
  setUnit(unit: string | undefined): void
  setStrip(strip: UnitQuantity): void
}

export function createMeterView(): MeterView {
  const store = createStore<MeterViewState>(() => ({
    cursor: undefined,
    unit: undefined,
    strip: 'gradient',
  }))
  return {
    store,
    setCursor: (cursor) => store.setState({ cursor }),
    setUnit: (unit) => store.setState({ unit }),
    setStrip: (strip) => store.setState({ strip }),
  }
}
