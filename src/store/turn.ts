import { createStore, type StoreApi } from 'zustand/vanilla'

/** Of all pages of the playground in a browser, one at a time trains and keeps what it trains. */
const LOCK = 'residual-playground.training'
/** How long the page that trains may take to lay its work down; one that is frozen never answers. */
const GIVE_WAY_MS = 12_000
/** After a reload the browser may still count the page as it was. */
const SETTLE_MS = 300

/** `asking`: another page has been asked to give way. */
export type TurnState = 'here' | 'elsewhere' | 'asking'

type Message = { say: 'give way' } | { say: 'given' }

/** What a page needs of its browser; one without locks, or that denies them,
 * trains in every page that wants to. */
export interface Tabs {
  locks: LockManager | undefined
  channel: Pick<BroadcastChannel, 'postMessage' | 'addEventListener'>
}

/** What a page does when its turn comes and goes. */
export interface TurnTaking {
  begin(): void
  /** Lays down what trains, so that another page can go on with it. */
  giveWay(): Promise<void>
}

/** Whether it is this page's turn to train. */
export class Turn {
  readonly store: StoreApi<{ state: TurnState }>
  /** Ends the wait for the page that trains to end by itself. */
  private patience = new AbortController()
  private given: () => void = () => {}

  constructor(
    private readonly tabs: Tabs,
    private readonly page: TurnTaking,
    private readonly giveWayMs = GIVE_WAY_MS,
  ) {
    this.store = createStore<{ state: TurnState }>(() => ({
      state: tabs.locks ? 'elsewhere' : 'here',
    }))
    tabs.channel.addEventListener('message', ({ data }: MessageEvent<Message>) => {
      if (data.say === 'given') this.given()
      else if (this.store.getState().state === 'here') this.give()
    })
  }

  /** Takes the turn as soon as no other page has it; whether one has is known when this resolves. */
  async start(): Promise<void> {
    if (this.tabs.locks) await Promise.race([this.wait(), pause(SETTLE_MS)])
    else this.page.begin()
  }

  /** Takes the turn from the page that has it. */
  async takeOver(): Promise<void> {
    if (this.store.getState().state !== 'elsewhere') return
    this.store.setState({ state: 'asking' })
    this.patience.abort()
    const given = new Promise<void>((resolve) => {
      this.given = resolve
    })
    this.say({ say: 'give way' })
    await Promise.race([given, pause(this.giveWayMs)])
    await this.acquire({ steal: true })
  }

  private wait(): Promise<void> {
    this.patience = new AbortController()
    return this.acquire({ signal: this.patience.signal })
  }

  /** Holds the lock from when this resolves until another page steals it. */
  private acquire(options: LockOptions): Promise<void> {
    return new Promise((resolve) => {
      const begin = () => {
        this.store.setState({ state: 'here' })
        this.page.begin()
        resolve()
      }
      const hold = () => {
        begin()
        return new Promise<never>(() => {})
      }
      this.tabs.locks!.request(LOCK, options, hold).catch(async ({ name }: DOMException) => {
        // A frame to which the browser denies storage gets no lock either.
        if (name !== 'AbortError') return begin()
        // The wait for it was ended, or it was held and has been stolen.
        if (this.store.getState().state === 'asking') return
        await this.give()
        this.wait()
      })
    })
  }

  /** Twice where the page was asked first; the second time there is nothing to lay down. */
  private async give(): Promise<void> {
    await this.page.giveWay()
    this.store.setState({ state: 'elsewhere' })
    this.say({ say: 'given' })
  }

  private say(message: Message): void {
    this.tabs.channel.postMessage(message)
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
