import { expect, test, vi } from 'vitest'
import { createAppUpdate } from './app-update'

class FakeWorker extends EventTarget {
  state = 'installing'
  readonly postMessage = vi.fn()

  becomes(state: string): void {
    this.state = state
    this.dispatchEvent(new Event('statechange'))
  }
}

class FakeRegistration extends EventTarget {
  installing: FakeWorker | null = null
  waiting: FakeWorker | null = null
  active: FakeWorker | null = null
  readonly update = vi.fn(async () => {})

  finds(): FakeWorker {
    this.installing = new FakeWorker()
    this.dispatchEvent(new Event('updatefound'))
    return this.installing
  }
}

function pageWith(registration: FakeRegistration | undefined) {
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  const location = { reload: vi.fn() }
  const clock = { now: 0 }
  const page = { document, location } as unknown as Window
  const register = async () => registration as unknown as ServiceWorkerRegistration | undefined
  const update = createAppUpdate(page, register, () => clock.now)
  const state = () => update.store.getState().state
  return { update, state, reload: location.reload, document, clock }
}

test('the first version that is kept is no news', async () => {
  const registration = new FakeRegistration()
  const { update, state } = pageWith(registration)
  await update.begin()
  registration.finds().becomes('installed')
  expect(state()).toBe('none')
})

test('a new version is announced, and taken only when asked for', async () => {
  const registration = new FakeRegistration()
  registration.active = new FakeWorker()
  const { update, state, reload } = pageWith(registration)
  await update.begin()
  const worker = registration.finds()
  expect(state()).toBe('none')
  worker.becomes('installed')
  expect(state()).toBe('here')
  expect(worker.postMessage).not.toHaveBeenCalled()
  update.take()
  expect(worker.postMessage).toHaveBeenCalledWith({ type: 'SKIP_WAITING' })
  expect(reload).not.toHaveBeenCalled()
  worker.becomes('activated')
  expect(reload).toHaveBeenCalledOnce()
})

test('one that waits since an earlier visit is announced', async () => {
  const registration = new FakeRegistration()
  registration.waiting = new FakeWorker()
  const { update, state } = pageWith(registration)
  await update.begin()
  expect(state()).toBe('here')
})

test('one that another page has taken is told, and this page goes on until it is loaded anew', async () => {
  const registration = new FakeRegistration()
  registration.waiting = new FakeWorker()
  const { update, state, reload } = pageWith(registration)
  await update.begin()
  registration.waiting.becomes('activated')
  expect(state()).toBe('taken')
  expect(reload).not.toHaveBeenCalled()
  update.take()
  expect(reload).toHaveBeenCalledOnce()
})

test('a page that stays open looks for a new version, at most every hour', async () => {
  const registration = new FakeRegistration()
  const { update, document, clock } = pageWith(registration)
  await update.begin()
  const isLookedAt = () => document.dispatchEvent(new Event('visibilitychange'))
  isLookedAt()
  expect(registration.update).not.toHaveBeenCalled()
  clock.now = 61 * 60_000
  isLookedAt()
  isLookedAt()
  expect(registration.update).toHaveBeenCalledOnce()
})

test('a browser without service workers, or that denies them, has no versions', async () => {
  const without = pageWith(undefined)
  await without.update.begin()
  expect(without.state()).toBe('none')
  const denied = createAppUpdate(window(), () => Promise.reject(new Error('denied')))
  await denied.begin()
  expect(denied.store.getState().state).toBe('none')
})

const window = () => ({ document: new EventTarget(), location: {} }) as unknown as Window
