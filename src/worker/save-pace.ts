import type { Event } from './protocol'

const INTERVAL_MS = 10_000
/** Saving takes at most this share of the time. */
const SHARE = 1 / 50

/** When to keep what trains in the browser's storage, and what to tell where that fails. */
export class SavePace {
  private requested = false
  private savedAt = 0
  private cost = 0
  private faulty = false
  /** Writes are done one after another. */
  private turn: Promise<void> = Promise.resolve()

  constructor(protected readonly post: (event: Event) => void) {}

  /** True where what trains should be saved before its next step. */
  get due(): boolean {
    const interval = Math.max(INTERVAL_MS, this.cost / SHARE)
    return this.requested || performance.now() - this.savedAt > interval
  }

  /** True where the last save came to nothing. */
  get failed(): boolean {
    return this.faulty
  }

  /** Makes a save due at once. */
  request(): void {
    this.requested = true
  }

  /** Counts the interval from now. */
  begin(): void {
    this.savedAt = performance.now()
  }

  /** Writes what was begun to be read at `since`; where it cannot, that is told once. */
  protected inTurn(write: () => Promise<void>, since: number): Promise<void> {
    this.turn = this.turn.then(async () => {
      try {
        await write()
        this.faulty = false
      } catch (error) {
        this.warn(error as Error)
      }
      this.requested = false
      this.savedAt = performance.now()
      this.cost = this.savedAt - since
    })
    return this.turn
  }

  private warn({ name, message }: Error): void {
    if (this.faulty) return
    this.faulty = true
    const full = name === 'QuotaExceededError'
    const reason = full
      ? "The browser's storage is full."
      : `The browser's storage failed: ${message}.`
    this.post({ type: 'unsaved', full, message: reason })
  }
}
