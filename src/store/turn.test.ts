import { expect, test, vi } from 'vitest'
import { ScriptedClient } from '../../test/scripted-client'
import type { Event } from '../worker/protocol'
import { clientInTurn, ELSEWHERE } from './client-in-turn'
import { Turn } from './turn'

interface Request {
  options: LockOptions
  grant(lock: Lock | null): Promise<unknown>
  reject(error: Error): void
}

/** One lock, as a browser gives it to its pages. */
class FakeLocks {
  private holder: Request | undefined
  private queue: Request[] = []

  async request(_name: string, options: LockOptions, callback: (lock: Lock) => unknown) {
    return new Promise((resolve, reject) => {
      const grant = async (lock: Lock | null) => resolve(await callback(lock!))
      const request = { options, grant, reject }
      options.signal?.addEventListener('abort', () => {
        this.queue = this.queue.filter((other) => other !== request)
        reject(new DOMException('aborted', 'AbortError'))
      })
      if (options.steal) {
        this.release(new DOMException('stolen', 'AbortError'))
        this.queue.unshift(request)
      } else this.queue.push(request)
      this.next()
    })
  }

  /** The page that holds it is closed. */
  close(): void {
    this.holder = undefined
    this.next()
  }

  private release(error: Error): void {
    this.holder?.reject(error)
    this.holder = undefined
  }

  private next(): void {
    if (this.holder) return
    this.holder = this.queue.shift()
    this.holder?.grant({ name: '', mode: 'exclusive' })
  }
}

class FakeChannel {
  private readonly others: FakeChannel[] = []
  private listener: (event: MessageEvent) => void = () => {}

  static between(count: number): FakeChannel[] {
    const channels = Array.from({ length: count }, () => new FakeChannel())
    for (const one of channels) one.others.push(...channels.filter((other) => other !== one))
    return channels
  }

  postMessage(data: unknown): void {
    for (const other of this.others) queueMicrotask(() => other.listener({ data } as MessageEvent))
  }

  addEventListener(_type: string, listener: unknown): void {
    this.listener = listener as FakeChannel['listener']
  }
}

/** Pages of one browser, in the order in which they were opened. */
function pages(count: number, giveWay: () => Promise<void> = async () => {}) {
  const locks = new FakeLocks()
  const events: string[] = []
  const turns = FakeChannel.between(count).map((channel, i) => {
    const page = {
      begin: () => void events.push(`${i} begins`),
      async giveWay() {
        await giveWay()
        events.push(`${i} gives way`)
      },
    }
    const tabs = { locks, channel } as unknown as ConstructorParameters<typeof Turn>[0]
    return new Turn(tabs, page, 50)
  })
  const states = () => turns.map(({ store }) => store.getState().state)
  return { turns, locks, events, states }
}

test('the first page trains, and the second one when the first is closed', async () => {
  const { turns, locks, events, states } = pages(2)
  for (const turn of turns) await turn.start()
  expect(states()).toEqual(['here', 'elsewhere'])
  locks.close()
  await vi.waitFor(() => expect(states()[1]).toBe('here'))
  expect(events).toEqual(['0 begins', '1 begins'])
})

test('a page that takes over begins once the other has laid its work down, and can be asked back', async () => {
  const { turns, events, states } = pages(3)
  for (const turn of turns) await turn.start()
  await turns[2]!.takeOver()
  await vi.waitFor(() => expect(states()).toEqual(['elsewhere', 'elsewhere', 'here']))
  expect(events.slice(0, 3)).toEqual(['0 begins', '0 gives way', '2 begins'])
  await turns[0]!.takeOver()
  await vi.waitFor(() => expect(states()).toEqual(['here', 'elsewhere', 'elsewhere']))
})

test('a page that is frozen loses its turn all the same', async () => {
  const { turns, states } = pages(2, () => new Promise(() => {}))
  for (const turn of turns) await turn.start()
  await turns[1]!.takeOver()
  expect(states()[1]).toBe('here')
})

test.each([
  ['without locks', undefined],
  [
    'that denies them to a frame',
    { request: () => Promise.reject(new DOMException('', 'SecurityError')) },
  ],
])('a browser %s trains in every page', async (_, locks) => {
  const begin = vi.fn()
  const [channel] = FakeChannel.between(1)
  const tabs = { locks: locks as LockManager | undefined, channel: channel! }
  const turn = new Turn(tabs, { begin, giveWay: async () => {} })
  await turn.start()
  expect(turn.store.getState().state).toBe('here')
  expect(begin).toHaveBeenCalledOnce()
})

test('out of its turn a page has no GPU, and trains nothing', async () => {
  const { turns, locks } = pages(2)
  for (const turn of turns) await turn.start()
  const worker = new ScriptedClient()
  const client = clientInTurn(worker, turns[1]!)
  const events: Event[] = []
  client.subscribe((event) => events.push(event))
  const device = { state: 'ready', name: 'GPU', software: false, f16: true } as const
  worker.say({ type: 'device', device })
  expect(events).toEqual([{ type: 'device', device: ELSEWHERE }])

  client.post({ type: 'train' })
  client.post({ type: 'lesson', command: { type: 'race-train' } })
  client.post({ type: 'keep' })
  expect(worker.commands).toEqual([{ type: 'keep' }])
  expect(events.slice(1).map(({ type }) => type)).toEqual(['refused', 'refused'])

  locks.close()
  await vi.waitFor(() => expect(events.at(-1)).toEqual({ type: 'device', device }))
  client.post({ type: 'train' })
  expect(worker.commands.at(-1)).toEqual({ type: 'train' })
})
