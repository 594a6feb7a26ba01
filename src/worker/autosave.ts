import type { CheckpointStore } from '../archive/checkpoints'
import { type Checkpoint, encodeCheckpoint } from '../train/checkpoint'
import { Refusal } from './opening'
import type { Event } from './protocol'

const INTERVAL_MS = 10_000
/** Saving takes at most this share of the time. */
const SHARE = 1 / 50

/** Keeps the checkpoints of runs in the browser's storage. */
export class Autosave {
  private readonly store: Promise<CheckpointStore | undefined>
  private requested = false
  private savedAt = 0
  private cost = 0
  private faulty = false
  /** Writes are done one after another. */
  private turn: Promise<void> = Promise.resolve()

  constructor(
    open: () => Promise<CheckpointStore | undefined>,
    private readonly post: (event: Event) => void,
  ) {
    this.store = open().catch(() => undefined)
  }

  /** True where a run in training should be saved before its next step. */
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

  /** The file of a kept run; refuses one that is not there. */
  async read(key: string): Promise<Uint8Array> {
    const file = await (await this.store)?.read(key)
    if (file) return file
    throw new Refusal(
      'Its checkpoint is not there any more.',
      'Another page may have removed it; its settings can be trained again.',
    )
  }

  /** Keeps a checkpoint, begun to be read at `since`; where it cannot, that is told once. */
  save(key: string, checkpoint: Checkpoint, since: number): Promise<void> {
    this.turn = this.turn.then(async () => {
      try {
        await this.write(key, checkpoint)
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

  private async write(key: string, checkpoint: Checkpoint): Promise<void> {
    const store = await this.store
    if (!store) throw new Error('it gives the page none')
    const file = await encodeCheckpoint(checkpoint)
    await store.write(key, file)
    const { step } = checkpoint
    const kept = { step, bytes: file.byteLength, savedAt: Date.now() }
    this.post({ type: 'kept', key, checkpoint: kept })
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
