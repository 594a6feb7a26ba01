import type { Shard } from './archive'
import { type ShardFile, shardNumbers } from './cifar10'

/** Keeps shards from one visit of the page to the next. */
export interface ShardStore {
  /** The shards that were kept, one after another. */
  restore(): AsyncIterable<Shard>
  /** Keeps a checked shard; rejects where there is no room. */
  keep(shard: number, bytes: Uint8Array<ArrayBuffer>): Promise<void>
  remove(): Promise<void>
}

const FOLDER = 'cifar10'

/**
 * Shards in the browser's private file system. A file there changes all at once when its writer is
 * closed, so an interrupted write leaves it empty, and a file of the right size is a whole shard.
 */
export class OpfsStore implements ShardStore {
  constructor(
    private readonly root: FileSystemDirectoryHandle,
    private readonly files: readonly ShardFile[],
  ) {}

  async *restore(): AsyncGenerator<Shard> {
    const folder = await this.root.getDirectoryHandle(FOLDER).catch(absent)
    if (!folder) return
    for (const number of shardNumbers(this.files)) {
      const { name, bytes } = this.files[number - 1]!
      const handle = await folder.getFileHandle(name).catch(absent)
      const file = await handle?.getFile()
      if (file?.size === bytes) yield { number, bytes: new Uint8Array(await file.arrayBuffer()) }
    }
  }

  async keep(shard: number, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const folder = await this.root.getDirectoryHandle(FOLDER, { create: true })
    await writeWhole(folder, this.files[shard - 1]!.name, bytes)
  }

  async remove(): Promise<void> {
    await this.root.removeEntry(FOLDER, { recursive: true }).catch(absent)
  }
}

/** Writes a file that changes all at once; rejects where there is no room, and nothing changes. */
export async function writeWhole(
  folder: FileSystemDirectoryHandle,
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const handle = await folder.getFileHandle(name, { create: true })
  const writer = await handle.createWritable()
  try {
    await writer.write(bytes)
    await writer.close()
  } catch (error) {
    await writer.abort().catch(() => {})
    throw error
  }
}

/** For `catch`: undefined where a file or folder is not there. */
export function absent(error: unknown): undefined {
  if (error instanceof DOMException && error.name === 'NotFoundError') return
  throw error
}

/** The browser's storage, or undefined where it has none to give, as in some private windows. */
export async function privateFiles(): Promise<FileSystemDirectoryHandle | undefined> {
  return globalThis.navigator?.storage?.getDirectory?.().catch(() => undefined)
}

/** A store of shards in the browser's storage, if it has one. */
export async function openStore(files: readonly ShardFile[]): Promise<ShardStore | undefined> {
  const root = await privateFiles()
  return root && new OpfsStore(root, files)
}
