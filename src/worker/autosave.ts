import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from '../train/checkpoint'
import type { Event } from './protocol'
import type { RunStore } from './run-store'

const INTERVAL_MS = 10_000
/** Saving takes at most this share of the time. */
const SHARE = 1 / 50

/** Keeps the run in the browser's storage, and offers what was kept. */
export class Autosave {
  private readonly store: Promise<RunStore | undefined>
  private requested = false
  private savedAt = 0
  private cost = 0
  private offering = false
  private warned = false
  /** Reads, writes and removals are done one after another. */
  private turn: Promise<void> = Promise.resolve()

  constructor(
    open: () => Promise<RunStore | undefined>,
    private readonly post: (event: Event) => void,
  ) {
    this.store = open().catch(() => undefined)
  }

  /** True where a run in training should be saved before its next step. */
  get due(): boolean {
    const interval = Math.max(INTERVAL_MS, this.cost / SHARE)
    return this.requested || performance.now() - this.savedAt > interval
  }

  /** Makes a save due at once. */
  request(): void {
    this.requested = true
  }

  /** Counts the interval from now. */
  begin(): void {
    this.savedAt = performance.now()
  }

  /** Tells the page of the run that was kept, if there is one. */
  offer(): Promise<void> {
    return this.inTurn(async () => {
      try {
        const kept = await (await this.store)?.read()
        if (!kept) return
        const { run, step } = await decodeCheckpoint(kept.bytes)
        this.tell({ state: 'offered', run, step, savedAt: kept.savedAt })
      } catch (error) {
        this.tell({ state: 'damaged', message: (error as Error).message })
      }
    })
  }

  /** The file of the run that was kept. */
  async read(): Promise<Uint8Array | undefined> {
    return (await (await this.store)?.read())?.bytes
  }

  discard(): Promise<void> {
    return this.inTurn(async () => {
      try {
        await (await this.store)?.remove()
        this.withdraw()
      } catch (error) {
        this.warn(`The kept run could not be removed: ${(error as Error).message}.`)
      }
    })
  }

  /** The offered run has been taken up, or another stands in its place. */
  withdraw(): void {
    if (this.offering) this.tell({ state: 'none' })
  }

  /** Keeps a checkpoint, begun to be read at `since`; where it cannot, that is told once. */
  save(checkpoint: Checkpoint, since: number): Promise<void> {
    return this.inTurn(async () => {
      try {
        const store = await this.store
        if (store) {
          await store.write(await encodeCheckpoint(checkpoint))
          this.withdraw()
        } else this.warn('This browser gives the page no storage.')
      } catch (error) {
        this.warn(reasonOf(error))
      }
      this.requested = false
      this.savedAt = performance.now()
      this.cost = this.savedAt - since
    })
  }

  private tell(lastRun: Extract<Event, { type: 'last-run' }>['lastRun']): void {
    this.offering = lastRun.state !== 'none'
    this.post({ type: 'last-run', lastRun })
  }

  private warn(reason: string): void {
    if (this.warned) return
    this.warned = true
    const message = `${reason} The run is lost when the page is closed; a saved checkpoint keeps it.`
    this.post({ type: 'unsaved', message })
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    this.turn = this.turn.then(work)
    return this.turn
  }
}

function reasonOf(error: unknown): string {
  const { name, message } = error as Error
  if (name === 'QuotaExceededError') return "The browser's storage is full."
  return `The browser's storage failed: ${message}.`
}
