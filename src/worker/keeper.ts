import { modelName } from '../models/presets'
import { type Checkpoint, encodeCheckpoint } from '../train/checkpoint'
import { fingerprint } from '../train/fingerprint'
import type { Errand } from '../train/loop'
import { writeSafetensors } from '../train/safetensors'
import type { Autosave } from './autosave'
import { Refusal, refusalOf } from './opening'
import type { Event, SavedFile } from './protocol'
import { checkpointOf, type Session, stepOf } from './session'

/** Hands out runs as files, keeps them in the browser's storage, and tells their weights' hash. */
export class Keeper {
  /** Files that the page has asked for. */
  private readonly asked: SavedFile[] = []

  constructor(
    private readonly autosave: Autosave,
    private readonly post: (event: Event) => void,
  ) {}

  /** Makes a file due: between the next two steps, or when it is handed out. */
  ask(what: SavedFile): void {
    this.asked.push(what)
  }

  /** What there is to do between two steps of a session: files, and the autosave. */
  errand(session: Session): Errand {
    const saveDue = () => stepOf(session) > 0 && this.autosave.due
    return {
      due: () => this.asked.length > 0 || saveDue(),
      run: async () => {
        const since = performance.now()
        const checkpoint = await checkpointOf(session)
        await this.postFiles(checkpoint)
        if (saveDue()) await this.autosave.save(session.key, checkpoint, since)
      },
    }
  }

  /** Training has come to rest. */
  async rest(session: Session): Promise<void> {
    const since = performance.now()
    const checkpoint = await checkpointOf(session)
    await this.postFiles(checkpoint)
    await this.tellWeights(session, checkpoint)
    if (checkpoint.step > 0) await this.autosave.save(session.key, checkpoint, since)
  }

  /** Keeps a run at rest that could not be kept when it came to rest. */
  async keepAgain(session: Session): Promise<void> {
    if (this.autosave.failed) await this.keep(session)
  }

  /** Keeps a run at rest, where it has anything to keep. */
  async keep(session: Session): Promise<void> {
    if (stepOf(session) === 0) return
    const since = performance.now()
    await this.autosave.save(session.key, await checkpointOf(session), since)
  }

  /** Gives the page the files that it has asked for, or says why there are none. */
  async handOut(session: Session | undefined): Promise<void> {
    if (this.asked.length === 0) return
    try {
      if (!session) {
        throw new Refusal('There is no run to save.', 'Reset, or resume the last run.')
      }
      await this.postFiles(await checkpointOf(session))
    } catch (error) {
      this.asked.length = 0
      this.refuse('The run', error)
    }
  }

  async tellWeights({ id }: Session, { step, tensors }: Checkpoint): Promise<void> {
    this.post({ type: 'weights', id, weights: { step, sha256: await fingerprint(tensors) } })
  }

  /** Tells why a file was not taken or not made. */
  refuse(name: string, error: unknown): void {
    const { message, remedy } = refusalOf(error)
    this.post({ type: 'refused', name, message, remedy })
  }

  private async postFiles(checkpoint: Checkpoint): Promise<void> {
    for (const what of this.asked.splice(0)) {
      this.post({ type: 'file', ...(await fileOf(checkpoint, what)) })
    }
  }
}

/** A run as a file: to go on from, or its tensors alone. */
async function fileOf(checkpoint: Checkpoint, what: SavedFile) {
  const { run, step, tensors } = checkpoint
  const net = modelName(run.model).toLowerCase().replaceAll(' ', '-')
  const bytes =
    what === 'checkpoint' ? await encodeCheckpoint(checkpoint) : writeSafetensors(tensors)
  return { name: `${net}-step-${step}.${what}.safetensors`, bytes }
}
