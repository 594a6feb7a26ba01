import { expect, test, vi } from 'vitest'
import { createPower } from './power'

class FakeBattery extends EventTarget {
  charging = false
  level = 0.5

  becomes(state: { charging?: boolean; level?: number }): void {
    Object.assign(this, state)
    this.dispatchEvent(new Event('levelchange'))
  }
}

function device(battery?: FakeBattery, defaultView?: { top: unknown }) {
  const page = { visibilityState: 'visible', defaultView }
  const document = Object.assign(new EventTarget(), page)
  const release = vi.fn(async () => {})
  const request = vi.fn(async () => ({ release }))
  const navigator = {
    wakeLock: { request },
    ...(battery ? { getBattery: async () => battery } : {}),
  }
  const shows = (visibilityState: string) => {
    Object.assign(document, { visibilityState })
    document.dispatchEvent(new Event('visibilitychange'))
  }
  const power = createPower(
    document as unknown as Document,
    navigator as unknown as Parameters<typeof createPower>[1],
  )
  return { power, shows, request, release }
}

test('a frame in another page leaves the screen alone', () => {
  const { power, request } = device(undefined, { top: {} })
  power.setTraining(true)
  expect(request).not.toHaveBeenCalled()
})

test('the screen stays on while training is looked at, and no longer', async () => {
  const { power, shows, request, release } = device()
  expect(request).not.toHaveBeenCalled()
  power.setTraining(true)
  power.setTraining(true)
  expect(request).toHaveBeenCalledOnce()
  shows('hidden')
  await vi.waitFor(() => expect(release).toHaveBeenCalledOnce())
  shows('visible')
  expect(request).toHaveBeenCalledTimes(2)
  power.setTraining(false)
  await vi.waitFor(() => expect(release).toHaveBeenCalledTimes(2))
  shows('hidden')
  shows('visible')
  expect(request).toHaveBeenCalledTimes(2)
})

test('a low battery that discharges is told while the page trains', async () => {
  const battery = new FakeBattery()
  const { power } = device(battery)
  const low = () => power.store.getState().low
  power.setTraining(true)
  await vi.waitFor(() => {
    battery.becomes({ level: 0.19 })
    expect(low()).toBe(0.19)
  })
  battery.becomes({ charging: true })
  expect(low()).toBeUndefined()
  battery.becomes({ charging: false })
  expect(low()).toBe(0.19)
  power.setTraining(false)
  expect(low()).toBeUndefined()
})

test('a browser that refuses both trains on', async () => {
  const refuse = () => Promise.reject(new Error('denied'))
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  const navigator = { wakeLock: { request: refuse }, getBattery: refuse }
  const power = createPower(document as unknown as Document, navigator as never)
  power.setTraining(true)
  power.setTraining(false)
  await new Promise((resolve) => setTimeout(resolve))
  expect(power.store.getState().low).toBeUndefined()
})
