import { startWorker, type TrainingClient } from '../worker/client'
import { type Bench, createBench, type Download } from './bench'
import { showTracks } from './performance-tracks'

/** What a developer can have instead of the worker: `?fake`, `?fake=software`, `?fake=none`. */
async function fakeClient(kind: string): Promise<TrainingClient> {
  const { FakeClient } = await import('../worker/fake')
  if (kind === 'none') {
    const reason = 'This browser has no WebGPU (navigator.gpu is missing).'
    return new FakeClient({ state: 'unavailable', reason, remedy: 'Use a browser that has it.' })
  }
  const software = kind === 'software'
  return new FakeClient({ state: 'ready', name: 'Fake adapter', software, f16: false })
}

/** The browser's storage; reading the property itself throws where cookies are blocked. */
function localStorageOf(page: Window): Storage | undefined {
  try {
    return page.localStorage
  } catch {
    return undefined
  }
}

/** Hands files to the user as the browser's downloads. */
function downloadsOf(page: Window): Download {
  return (name, bytes) => {
    const url = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }))
    const link = page.document.createElement('a')
    link.href = url
    link.download = name
    link.click()
    // The download has begun by then; revoked at once it would fail in some browsers.
    setTimeout(() => URL.revokeObjectURL(url), 60_000)
  }
}

/** Keeps the run whenever the page may go away: a hidden one can end without another word. */
function keepWhenHidden(page: Window, bench: Bench): void {
  page.document.addEventListener('visibilitychange', () => {
    if (page.document.visibilityState === 'hidden') bench.keep()
  })
  page.addEventListener('pagehide', bench.keep)
}

/** The bench of this page, with a training worker of its own. */
export async function startBench(page: Window): Promise<Bench> {
  const fake = import.meta.env.DEV && new URLSearchParams(page.location.search).get('fake')
  const client = typeof fake === 'string' ? await fakeClient(fake) : startWorker()
  client.subscribe((event) => {
    if (event.type === 'profile') showTracks(event.profile, page.performance)
  })
  const bench = createBench(client, localStorageOf(page), downloadsOf(page))
  keepWhenHidden(page, bench)
  return bench
}
