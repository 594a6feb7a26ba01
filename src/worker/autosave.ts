import type { CheckpointStore } from '../archive/checkpoints'
import { type Checkpoint, encodeCheckpoint } from '../train/checkpoint'
import { Refusal } from './opening'
import type { Event } from './protocol'
import { SavePace } from './save-pace'

/** Keeps the checkpoints of runs in the browser's storage. */
export class Autosave extends SavePace {
  private readonly store: Promise<CheckpointStore | undefined>

  constructor(open: () => Promise<CheckpointStore | undefined>, post: (event: Event) => void) {
    super(post)
    this.store = open().catch(() => undefined)
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
    return this.inTurn(() => this.write(key, checkpoint), since)
  }

  /** Writes a checkpoint at once; rejects where it cannot. */
  async write(key: string, checkpoint: Checkpoint): Promise<void> {
    const store = await this.store
    if (!store) throw new Error('it gives the page none')
    const file = await encodeCheckpoint(checkpoint)
    await store.write(key, file)
    const { step } = checkpoint
    const kept = { step, bytes: file.byteLength, savedAt: Date.now() }
    this.post({ type: 'kept', key, checkpoint: kept })
  }
}
