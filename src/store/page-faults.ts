import { createStore, type StoreApi } from 'zustand/vanilla'
import { versionsOf } from './versions'

/** An error of the page's own code. */
export interface PageFault {
  message: string
  /** What a report needs: versions, browser, address, and where in the code. */
  details: string
}

/** `componentStack` is React's, where a component broke. */
export function pageFault(error: unknown, page: Window, componentStack?: string): PageFault {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error))
  const { app, commit } = versionsOf(page.navigator)
  const lines = [
    `Residual Playground ${app} (${commit})`,
    page.navigator.userAgent,
    page.location.href,
    // Chromium's stacks begin with name and message, others' do not.
    ...(stack?.includes(message) ? [] : [`${name}: ${message}`]),
    ...(stack ? [stack] : []),
    ...(componentStack ? [componentStack.trim()] : []),
  ]
  return { message, details: lines.join('\n') }
}

/** Told by browsers as errors where an observer's work is put off to the next frame. */
const HARMLESS = /^ResizeObserver loop/

/** The first error that nothing has caught, until it is dismissed: those after it may be its work. */
export interface UncaughtFault {
  store: StoreApi<{ fault: PageFault | undefined }>
  dismiss(): void
}

/** Hears the page's uncaught errors and rejections from now on. */
export function listenForFaults(page: Window): UncaughtFault {
  const store = createStore<{ fault: PageFault | undefined }>(() => ({ fault: undefined }))
  const take = (error: unknown) => {
    if (!store.getState().fault) store.setState({ fault: pageFault(error, page) })
  }
  page.addEventListener('error', ({ error, message }) => {
    if (!HARMLESS.test(message)) take(error ?? message)
  })
  page.addEventListener('unhandledrejection', ({ reason }) => take(reason))
  return { store, dismiss: () => store.setState({ fault: undefined }) }
}
