import * as v from 'valibot'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { X_AXES, type XAxis } from '../curves/positions'

/** A stretch of the horizontal axis, in its unit. */
export interface Stretch {
  from: number
  to: number
}

/** How a place of the page looks at its curves; all of its charts share it. */
export interface CurveViewState {
  x: XAxis
  logX: boolean
  /** Of the loss; accuracy stays linear. */
  logY: boolean
  /** Weight of the past in the average, from 0 (none) to below 1. */
  smoothing: number
  /** The series that is taken off all others; undefined where each is drawn as it is. */
  relativeTo: string | undefined
  /** What is seen of the horizontal axis; undefined for all there is. */
  zoom: Stretch | undefined
  /** Where the crosshair stands on the horizontal axis. */
  crosshair: number | undefined
}

export interface CurveView {
  store: StoreApi<CurveViewState>
  /** Another unit makes the zoom and the crosshair meaningless: they go. */
  setX(x: XAxis): void
  setLogX(on: boolean): void
  setLogY(on: boolean): void
  setSmoothing(weight: number): void
  setRelativeTo(id: string | undefined): void
  setZoom(zoom: Stretch | undefined): void
  setCrosshair(x: number | undefined): void
}

const keptSchema = v.object({
  x: v.picklist(X_AXES),
  logX: v.boolean(),
  logY: v.boolean(),
  smoothing: v.pipe(v.number(), v.minValue(0), v.maxValue(0.999)),
})

type Kept = v.InferOutput<typeof keptSchema>

const FIRST: Kept = { x: 'step', logX: false, logY: false, smoothing: 0.9 }

function load(storage: Storage | undefined, key: string): Kept {
  try {
    return v.parse(keptSchema, JSON.parse(storage?.getItem(key) ?? ''))
  } catch {
    // None yet, denied by the browser, or of a version with other axes.
    return FIRST
  }
}

/** A view whose axes and smoothing last under `key` until the next visit. */
export function createCurveView(storage: Storage | undefined, key: string): CurveView {
  const store = createStore<CurveViewState>(() => ({
    ...load(storage, key),
    relativeTo: undefined,
    zoom: undefined,
    crosshair: undefined,
  }))
  const keep = (change: Partial<CurveViewState>) => {
    store.setState(change)
    const { x, logX, logY, smoothing } = store.getState()
    try {
      storage?.setItem(key, JSON.stringify({ x, logX, logY, smoothing } satisfies Kept))
    } catch {
      // Denied or full: the axes last as long as the page.
    }
  }
  return {
    store,
    setX: (x) => keep({ x, zoom: undefined, crosshair: undefined }),
    setLogX: (logX) => keep({ logX }),
    setLogY: (logY) => keep({ logY }),
    setSmoothing: (smoothing) => keep({ smoothing }),
    setRelativeTo: (relativeTo) => store.setState({ relativeTo }),
    setZoom: (zoom) => store.setState({ zoom }),
    setCrosshair: (crosshair) => store.setState({ crosshair }),
  }
}
