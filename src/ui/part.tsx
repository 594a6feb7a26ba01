import { type ComponentType, type LazyExoticComponent, lazy } from 'react'
import { useTranslations } from 'use-intl'

/** The page is first of all itself: so long after its GPU is known the rest is begun with. */
const REST_DELAY_MS = 1000
/** The marks in the page's performance timeline around the loading of the rest. */
const BEGUN = 'page stands'
const ALL_HERE = 'all parts loaded'

type Load<P> = () => Promise<{ default: ComponentType<P> }>

/** In the order of their definition; a part that has come may define further ones. */
const loads: (() => Promise<unknown>)[] = []

/**
 * A part of the page that nothing needs at its first paint: loaded when it is first rendered, or
 * by `loadRest` before. Where it cannot be loaded, the page goes on without it, and says so.
 */
export function part<P extends object>(load: Load<P>): LazyExoticComponent<ComponentType<P>> {
  const later = laterPart(load)
  return lazy(() => later().catch(() => ({ default: MissingPart })))
}

/** The same for code that is no component. */
export function laterPart<T>(load: () => Promise<T>): () => Promise<T> {
  loads.push(load)
  return load
}

function MissingPart() {
  const t = useTranslations('shell')
  return (
    <p className="missing-part" role="alert">
      {t('missingPart')}
    </p>
  )
}

/**
 * Loads all parts, one after another while the page is idle: then it needs the network no more, and
 * `then` is called. Returns a function that ends it.
 */
export function loadRest(then: () => void): () => void {
  let ended = false
  const load = async () => {
    performance.mark(BEGUN)
    for (const load of loads) {
      await idle()
      if (ended) return
      await load().catch(() => {})
    }
    performance.mark(ALL_HERE)
    then()
  }
  const timer = setTimeout(load, REST_DELAY_MS)
  return () => {
    ended = true
    clearTimeout(timer)
  }
}

/** Safari has no `requestIdleCallback`. */
const idle = () =>
  new Promise<unknown>((resolve) =>
    'requestIdleCallback' in window
      ? requestIdleCallback(resolve, { timeout: REST_DELAY_MS })
      : setTimeout(resolve, 0),
  )
