import { absent, privateFiles, writeWhole } from '../data/opfs'

/** Keeps the file of one race from one visit of the page to the next. */
export interface RaceStore {
  /** What was kept, and when in milliseconds since 1970. */
  read(): Promise<{ bytes: Uint8Array; savedAt: number } | undefined>
  /** Replaces what was kept, whole or not at all; rejects where there is no room. */
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>
  remove(): Promise<void>
}

const FOLDER = 'races'
const FILE = 'last.race.zip'

class PrivateRaceStore implements RaceStore {
  constructor(private readonly root: FileSystemDirectoryHandle) {}

  async read() {
    const folder = await this.root.getDirectoryHandle(FOLDER).catch(absent)
    const handle = await folder?.getFileHandle(FILE).catch(absent)
    const file = await handle?.getFile()
    // A first write that was interrupted leaves an empty file.
    if (!file || file.size === 0) return undefined
    return { bytes: new Uint8Array(await file.arrayBuffer()), savedAt: file.lastModified }
  }

  async write(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    await writeWhole(await this.root.getDirectoryHandle(FOLDER, { create: true }), FILE, bytes)
  }

  async remove(): Promise<void> {
    await this.root.removeEntry(FOLDER, { recursive: true }).catch(absent)
  }
}

/** The browser's storage for a race, or undefined where it has none to give. */
export async function openRaceStore(): Promise<RaceStore | undefined> {
  const root = await privateFiles()
  return root && new PrivateRaceStore(root)
}
