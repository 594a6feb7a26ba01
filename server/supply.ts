import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { readArchive } from '../src/data/archive'
import { ARCHIVE_NAME, OFFICIAL_FILES, type ShardFile, shardNumbers } from '../src/data/cifar10'
import { DataError } from '../src/data/errors'
import { type CifarLocation, locateCifar, streamFile } from '../src/data/folder'
import { nodeMd5 } from '../src/data/node-md5'
import type { SupplyStatus } from '../src/data/supply'
import { openDownload } from './download'
import { ShardFolder } from './shard-folder'

export interface SupplyOptions {
  /** Where the user has CIFAR-10 already: a folder, or the archive. */
  location?: string | undefined
  /** Where unpacked shards are kept. */
  cache: string
  /** Where the archive is fetched where the user has none. */
  url: string
  files?: readonly ShardFile[]
}

type Fetching =
  | { state: 'idle' }
  | { state: 'fetching'; received: number; total: number | null; abort: AbortController }
  | { state: 'failed'; message: string; remedy: string }

/** Faults of a transfer, not of what was transferred: what has come so far is worth keeping. */
const TRANSFER_FAULTS = new Set(['truncated', 'network'])

/** Has CIFAR-10's shards for the page, or gets them: one fetch at a time, however many ask. */
export class CifarSupply {
  private fetching: Fetching = { state: 'idle' }
  private readonly cache: ShardFolder
  readonly files: readonly ShardFile[]
  private readonly located: Promise<CifarLocation | DataError | undefined>

  constructor(private readonly options: SupplyOptions) {
    this.files = options.files ?? OFFICIAL_FILES
    this.cache = new ShardFolder(options.cache, this.files)
    this.located = options.location
      ? locateCifar(options.location, this.files).catch((error: DataError) => error)
      : Promise.resolve(undefined)
  }

  async status(): Promise<SupplyStatus> {
    const ready = await (await this.folder()).ready()
    const status = { ready, received: 0, total: null, message: '', remedy: '' }
    const location = await this.located
    if (location instanceof DataError) return { ...status, ...failure(location) }
    const complete = ready.length === this.files.length
    if (complete || location?.kind === 'folder') return { ...status, state: 'ready' }
    const { fetching } = this
    switch (fetching.state) {
      case 'idle':
        return { ...status, state: 'absent' }
      case 'fetching':
        return { ...status, state: 'fetching', received: fetching.received, total: fetching.total }
      case 'failed':
        return { ...status, ...fetching }
      default:
        return fetching satisfies never
    }
  }

  /** The path of a shard's file, or undefined while it is not there. */
  async pathOf(shard: number): Promise<string | undefined> {
    const folder = await this.folder()
    return (await folder.has(shard)) ? folder.pathOf(shard) : undefined
  }

  /** Starts to get what is missing, unless that is under way or there is nothing to get. */
  async start(): Promise<void> {
    const { state } = await this.status()
    const location = await this.located
    if (state === 'ready' || location instanceof DataError) return
    if (this.fetching.state === 'fetching') return
    const abort = new AbortController()
    const progress = { state: 'fetching' as const, received: 0, total: null, abort }
    this.fetching = progress
    this.fetch(location, progress)
      .then(() => ({ state: 'idle' as const }))
      .catch((error) => (abort.signal.aborted ? { state: 'idle' as const } : failure(error)))
      .then((end) => {
        if (this.fetching === progress) this.fetching = end
      })
  }

  /** Stops a fetch; what has come of it is kept for the next. */
  cancel(): void {
    if (this.fetching.state !== 'fetching') return
    this.fetching.abort.abort()
    this.fetching = { state: 'idle' }
  }

  private async folder(): Promise<ShardFolder> {
    const location = await this.located
    if (location instanceof DataError || location?.kind !== 'folder') return this.cache
    return new ShardFolder(location.path, this.files)
  }

  private async fetch(location: CifarLocation | undefined, progress: Progress): Promise<void> {
    if (location) return this.unpack(await streamFile(location.path), progress)
    const partFile = join(this.cache.path, `${ARCHIVE_NAME}.part`)
    let farthest = 0
    for (;;) {
      const download = await openDownload(this.options.url, partFile, progress.abort.signal)
      progress.received = 0
      progress.total = download.total
      try {
        await this.unpack(download.stream, progress)
        return await rm(partFile, { force: true })
      } catch (error) {
        progress.abort.signal.throwIfAborted()
        const broke = error instanceof DataError && TRANSFER_FAULTS.has(error.fault)
        if (!broke) await rm(partFile, { force: true })
        const worthwhile = broke ? progress.received > farthest : download.kept > 0
        if (!worthwhile) throw error
        farthest = progress.received
      }
    }
  }

  private async unpack(stream: ReadableStream<Uint8Array>, progress: Progress): Promise<void> {
    const ready = await this.cache.ready()
    const wanted = shardNumbers(this.files).filter((shard) => !ready.includes(shard))
    const onRead = (bytes: number) => {
      progress.received += bytes
    }
    const { files } = this
    const shards = readArchive(stream, { newMd5: nodeMd5, files, wanted, onRead })
    for await (const { number, bytes } of shards) {
      progress.abort.signal.throwIfAborted()
      await this.cache.write(number, bytes)
    }
  }
}

type Progress = Extract<Fetching, { state: 'fetching' }>

function failure(error: unknown) {
  const message = error instanceof Error ? error.message : String(error)
  const remedy = error instanceof DataError ? error.remedy : 'Try again.'
  return { state: 'failed' as const, message, remedy }
}
