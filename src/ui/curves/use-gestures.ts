import {
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
  useEffect,
  useRef,
  useState,
} from 'react'
import { scaleOf } from '../../curves/scale'
import type { Window } from '../../curves/thin'
import { panned, selected, zoomed } from '../../curves/zoom'
import type { CurveView } from '../../store/curve-view'

/** Zoom at one press of a key or button. */
export const ZOOM_STEP = 2
const PAN_STEP = 0.25
/** Shares of the window that an arrow key moves the crosshair by, alone and with the page keys. */
const MOVE = 0.01
const MOVE_FAR = 0.1
/** A drag that stays shorter, as a share of the width, is a click. */
const LEAST_DRAG = 0.01
const WHEEL_RATE = 0.002

/** A stretch being dragged, in shares of the window. */
interface Selection {
  from: number
  to: number
}

/** Reading, zooming and panning by pointer, wheel and keys on the surface of a chart. */
export function useGestures(
  surface: RefObject<HTMLDivElement | null>,
  view: CurveView,
  window: Window,
  whole: Window,
) {
  const [selection, setSelection] = useState<Selection>()
  /** Where a drag began: to select a stretch, or to pan the window that was there. */
  const drag = useRef<{ share: number; pans: Window | undefined }>(undefined)
  const shareOf = (clientX: number) => {
    const { left, width } = surface.current!.getBoundingClientRect()
    return Math.min(1, Math.max(0, (clientX - left) / width))
  }
  const scale = scaleOf(window, 0, 1)

  useWheel(surface, (event) => {
    const factor = Math.exp(-event.deltaY * WHEEL_RATE)
    view.setZoom(zoomed(window, whole, factor, shareOf(event.clientX)))
  })

  const handlers = {
    onPointerDown(event: PointerEvent) {
      if (event.button !== 0) return
      surface.current!.setPointerCapture(event.pointerId)
      drag.current = {
        share: shareOf(event.clientX),
        pans: event.shiftKey ? window : undefined,
      }
    },
    onPointerMove(event: PointerEvent) {
      const share = shareOf(event.clientX)
      if (drag.current?.pans) {
        view.setZoom(panned(drag.current.pans, whole, drag.current.share - share))
        return
      }
      view.setCrosshair(scale.value(share))
      if (!drag.current) return
      const [from, to] = [drag.current.share, share].toSorted((a, b) => a - b) as [number, number]
      setSelection(to - from > LEAST_DRAG ? { from, to } : undefined)
    },
    onPointerUp() {
      if (selection) view.setZoom(selected(window, whole, selection.from, selection.to))
      drag.current = undefined
      setSelection(undefined)
    },
    onPointerCancel() {
      drag.current = undefined
      setSelection(undefined)
    },
    onPointerLeave() {
      if (!drag.current) view.setCrosshair(undefined)
    },
    onDoubleClick: () => view.setZoom(undefined),
    onKeyDown(event: KeyboardEvent) {
      const act = keyAction(event, view, window, whole)
      if (!act || event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      act()
    },
  }
  return { selection, handlers }
}

/** What a key does on a chart, or undefined. */
function keyAction(event: KeyboardEvent, view: CurveView, window: Window, whole: Window) {
  const scale = scaleOf(window, 0, 1)
  const moveTo = (share: number) => () =>
    view.setCrosshair(scale.value(Math.min(1, Math.max(0, share))))
  const { crosshair } = view.store.getState()
  const share = crosshair === undefined ? 0 : scale.pixel(crosshair)
  const pan = (by: number) => () => view.setZoom(panned(window, whole, by))
  const zoom = (factor: number) => () =>
    view.setZoom(zoomed(window, whole, factor, share >= 0 && share <= 1 ? share : 0.5))
  const actions: Record<string, () => void> = {
    ArrowLeft: event.shiftKey ? pan(-PAN_STEP) : moveTo(share - MOVE),
    ArrowRight: event.shiftKey ? pan(PAN_STEP) : moveTo(share + MOVE),
    PageDown: moveTo(share - MOVE_FAR),
    PageUp: moveTo(share + MOVE_FAR),
    Home: moveTo(0),
    End: moveTo(1),
    '+': zoom(ZOOM_STEP),
    '=': zoom(ZOOM_STEP),
    '-': zoom(1 / ZOOM_STEP),
    '0': () => view.setZoom(undefined),
    Escape: () => view.setCrosshair(undefined),
  }
  return actions[event.key]
}

/** Calls `zoom` at a turn of the wheel with ctrl or ⌘; without, the page scrolls. */
function useWheel(surface: RefObject<HTMLDivElement | null>, zoom: (event: WheelEvent) => void) {
  const latest = useRef(zoom)
  latest.current = zoom
  useEffect(() => {
    const element = surface.current!
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return
      event.preventDefault()
      latest.current(event)
    }
    // React's own listener is passive: it could not keep the browser from zooming the page.
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [surface])
}
