import { absent, privateFiles, writeWhole } from '../data/opfs'

/** The checkpoints of kept runs, a file a run under the run's id. */
export interface CheckpointStore {
  read(id: string): Promise<Uint8Array<ArrayBuffer> | undefined>
  /** Replaces the run's checkpoint, whole or not at all; rejects where there is no room. */
  write(id: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>
  remove(id: string): Promise<void>
}

const FOLDER = 'runs'
const fileOf = (id: string) => `${id}.checkpoint.safetensors`

class PrivateCheckpoints implements CheckpointStore {
  constructor(private readonly root: FileSystemDirectoryHandle) {}

  async read(id: string) {
    const folder = await this.root.getDirectoryHandle(FOLDER).catch(absent)
    const handle = await folder?.getFileHandle(fileOf(id)).catch(absent)
    const file = await handle?.getFile()
    // A first write that was interrupted leaves an empty file.
    if (!file || file.size === 0) return undefined
    return new Uint8Array(await file.arrayBuffer())
  }

  async write(id: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const folder = await this.root.getDirectoryHandle(FOLDER, { create: true })
    await writeWhole(folder, fileOf(id), bytes)
  }

  async remove(id: string): Promise<void> {
    const folder = await this.root.getDirectoryHandle(FOLDER).catch(absent)
    await folder?.removeEntry(fileOf(id)).catch(absent)
  }
}

/** The browser's private files for checkpoints, or undefined where it has none to give. */
export async function openCheckpoints(): Promise<CheckpointStore | undefined> {
  const root = await privateFiles()
  return root && new PrivateCheckpoints(root)
}
