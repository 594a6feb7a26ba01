import { expect, test, vi } from 'vitest'
import type { Gpu } from '../gpu/device'
import { Connection } from './connection'
import type { Event } from './protocol'

vi.useFakeTimers({ toFake: ['setTimeout'] })

/** A device that does nothing but get lost. */
class Device extends EventTarget {
  private lose!: (info: { message: string }) => void
  readonly lost = new Promise<{ message: string }>((resolve) => {
    this.lose = resolve
  })
  destroy(message = '') {
    this.lose({ message })
  }
  complain(message: string) {
    this.dispatchEvent(
      Object.assign(new globalThis.Event('uncapturederror'), { error: { message } }),
    )
  }
}

/** A connection to one device after another; undefined is no adapter. */
function connected(...devices: (Device | undefined)[]) {
  const [told, lost]: [Event[], string[]] = [[], []]
  const open = async () => {
    const device = devices.shift()
    if (!device) throw new Error('no adapter')
    return {
      device,
      info: { name: 'fake', vendor: '', software: false, f16: false },
    } as unknown as Gpu
  }
  const connection = new Connection(
    open,
    (event) => told.push(event),
    (reason) => lost.push(reason),
  )
  const states = () =>
    told.map((event) => (event.type === 'device' ? event.device.state : event.type))
  return { connection, lost, states }
}

test('after a loss another device is taken, which a browser may take seconds to have', async () => {
  const [first, second] = [new Device(), new Device()]
  const { connection, lost, states } = connected(first, undefined, undefined, second)
  expect((await connection.get()).gpu.device).toBe(first)
  first.destroy('driver reset')
  await vi.runAllTimersAsync()
  expect(lost).toEqual(['The GPU was lost (driver reset).'])
  const again = connection.get()
  await vi.runAllTimersAsync()
  expect((await again).gpu.device).toBe(second)
  expect(states()).toEqual(['connecting', 'ready', 'connecting', 'ready'])
})

test('where no other device is to be had, that is told, and asked for anew', async () => {
  const [first, second] = [new Device(), new Device()]
  const { connection, states } = connected(first, ...Array(4).fill(undefined), second)
  await connection.get()
  first.destroy()
  await vi.runAllTimersAsync()
  const refused = expect(connection.get()).rejects.toThrow('no adapter')
  await Promise.all([refused, vi.runAllTimersAsync()])
  expect(states().at(-1)).toBe('unavailable')
  expect((await connection.get()).gpu.device).toBe(second)
})

test('an error that nobody waited for is told by its text, and the device is given up', async () => {
  const device = new Device()
  const { connection, lost } = connected(device)
  await connection.get()
  device.complain('Out of memory.')
  device.complain('Buffer is invalid.')
  await vi.runAllTimersAsync()
  expect(lost).toEqual(['The GPU reported an error: Out of memory.'])
})
