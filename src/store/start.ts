import { startWorker, type TrainingClient } from '../worker/client'
import { type Bench, createBench } from './bench'

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

/** The bench of this page, with a training worker of its own. */
export async function startBench(page: Window): Promise<Bench> {
  const fake = import.meta.env.DEV && new URLSearchParams(page.location.search).get('fake')
  const client = typeof fake === 'string' ? await fakeClient(fake) : startWorker()
  return createBench(client, localStorageOf(page))
}
