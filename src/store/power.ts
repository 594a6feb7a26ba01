import { createStore, type StoreApi } from 'zustand/vanilla'

/** Below this share of its charge, a battery that discharges is warned of. */
const LOW = 0.2

/** Chromium's; other browsers do not tell. */
interface Battery extends EventTarget {
  readonly charging: boolean
  /** From 0 to 1. */
  readonly level: number
}

interface PowerNavigator {
  wakeLock?: WakeLock
  getBattery?(): Promise<Battery>
}

/** What of the device's power concerns a run that trains. */
export interface Power {
  /** The charge of a battery that is low and discharges while the page trains, from 0 to 1. */
  store: StoreApi<{ low: number | undefined }>
  /** Told whenever training begins or rests. */
  setTraining(training: boolean): void
}

/**
 * Keeps the screen on while the page trains and is looked at, unless it is a frame in another page,
 * and watches the battery.
 */
export function createPower(document: Document, navigator: PowerNavigator): Power {
  const store = createStore<{ low: number | undefined }>(() => ({ low: undefined }))
  const framed = document.defaultView !== document.defaultView?.top
  let training = false
  let screen: Promise<WakeLockSentinel | undefined> | undefined
  let battery: Battery | undefined

  const settle = () => {
    const low = training && battery && !battery.charging && battery.level < LOW
    store.setState({ low: low ? battery!.level : undefined })
    const wanted = training && !framed && document.visibilityState === 'visible'
    if (wanted && !screen) {
      // A browser that saves power refuses: then the screen goes off, and the run goes on.
      screen = navigator.wakeLock?.request('screen').catch(() => undefined)
    } else if (!wanted && screen) {
      screen.then((lock) => lock?.release())
      screen = undefined
    }
  }
  document.addEventListener('visibilitychange', settle)
  navigator.getBattery?.().then(
    (found) => {
      battery = found
      battery.addEventListener('levelchange', settle)
      battery.addEventListener('chargingchange', settle)
      settle()
    },
    () => {}, // Denied, as in a frame of another page.
  )
  return {
    store,
    setTraining(now) {
      if (now === training) return
      training = now
      settle()
    },
  }
}
