import { createStore, type StoreApi } from 'zustand/vanilla'

/**
 * `here`: a new version waits to be taken. `taken`: another page of it has taken it, and this one
 * runs on without its files in store.
 */
export type UpdateState = 'none' | 'here' | 'taken'

/** Whether a new version of the page is there; it never takes the place of this one unasked. */
export interface AppUpdate {
  store: StoreApi<{ state: UpdateState }>
  /** Keeps the page's files for visits without network, and looks for new versions from now on. */
  begin(): Promise<void>
  /** Takes the new version: loads the page anew. */
  take(): void
}

type Registration = Pick<
  ServiceWorkerRegistration,
  'waiting' | 'installing' | 'active' | 'update' | 'addEventListener'
>

/** How often a page that stays open looks for a new version, when it is looked at. */
const LOOK_MS = 60 * 60_000

/** `register` gives undefined where this browser, or a page in development, has no such thing. */
export function createAppUpdate(
  page: Pick<Window, 'document' | 'location'>,
  register: () => Promise<Registration | undefined>,
  now: () => number = Date.now,
): AppUpdate {
  const store = createStore<{ state: UpdateState }>(() => ({ state: 'none' }))
  let waiting: ServiceWorker | undefined
  let asked = false

  const announce = (worker: ServiceWorker) => {
    waiting = worker
    store.setState({ state: 'here' })
    worker.addEventListener('statechange', () => {
      if (worker.state !== 'activated') return
      if (asked) page.location.reload()
      else store.setState({ state: 'taken' })
    })
  }
  /** The first version of all that is kept is the one that is shown. */
  const follow = (worker: ServiceWorker, registration: Registration) =>
    worker.addEventListener('statechange', () => {
      if (worker.state === 'installed' && registration.active) announce(worker)
    })

  return {
    store,
    async begin() {
      // Where the browser denies it, the page works as ever but for visits without network.
      const registration = await register().catch(() => undefined)
      if (!registration) return
      if (registration.waiting) announce(registration.waiting)
      else if (registration.installing) follow(registration.installing, registration)
      registration.addEventListener('updatefound', () => {
        if (registration.installing) follow(registration.installing, registration)
      })
      let lookedAt = now()
      page.document.addEventListener('visibilitychange', () => {
        if (page.document.visibilityState === 'hidden' || now() - lookedAt < LOOK_MS) return
        lookedAt = now()
        // Without network there is nothing new.
        registration.update().catch(() => {})
      })
    },
    take() {
      asked = true
      if (store.getState().state === 'taken') page.location.reload()
      else waiting?.postMessage({ type: 'SKIP_WAITING' })
    },
  }
}

/** Registers the service worker of the build, where there are both. */
export async function registerServiceWorker(
  page: Window,
): Promise<ServiceWorkerRegistration | undefined> {
  if (!import.meta.env.PROD) return undefined
  return page.navigator.serviceWorker?.register(new URL('./sw.js', page.location.href))
}
