import type { Shard } from '../data/archive'
import { Cifar10, OFFICIAL_FILES, type ShardFile, shardNumbers } from '../data/cifar10'
import { DataError } from '../data/errors'
import { openStore, type ShardStore } from '../data/opfs'
import { checkLabels } from '../data/shard'
import { SUPPLY_PATH } from '../data/supply'
import { LoadProgress } from './load-progress'
import type { DataRequest, DataStatus } from './protocol'

export interface LoaderOptions {
  files?: readonly ShardFile[]
  openStore?: () => Promise<ShardStore | undefined>
  /** The address of `data/cifar10/` on the page's server. */
  address?: () => URL
  /** Time between two looks at how far the server is. */
  pollMs?: number
}

/** Beside the page: a built worker lies one folder below it, one in development below the root. */
function addressBesidePage(): URL {
  const page = import.meta.env.DEV ? import.meta.env.BASE_URL : '../'
  return new URL(SUPPLY_PATH, new URL(page, globalThis.location.href))
}

/**
 * Gets CIFAR-10 into this browser. A shard can be trained on as soon as it is in memory; it is
 * written to the browser's storage behind, and restored from there at the next visit. A load that
 * fails or is cancelled takes nothing away of what was there.
 */
export class CifarLoader {
  private images: Cifar10
  private readonly files: readonly ShardFile[]
  private readonly store: Promise<ShardStore | undefined>
  /** What is under way or waits: one thing after another. */
  private turn: Promise<void> = Promise.resolve()
  private abort = new AbortController()
  private keeping: Promise<void> = Promise.resolve()
  private readonly kept = new Set<number>()

  constructor(
    private readonly report: (status: DataStatus) => void,
    private readonly options: LoaderOptions = {},
  ) {
    this.files = options.files ?? OFFICIAL_FILES
    this.images = new Cifar10(this.files)
    this.store = options.openStore ? options.openStore() : openStore(this.files)
  }

  /** The images that are there so far. After `remove`, an empty set of its own. */
  get source(): Cifar10 {
    return this.images
  }

  /** Takes what the browser has kept from earlier visits. */
  restore(): Promise<void> {
    return this.inTurn(async () => {
      const store = await this.store
      const progress = this.progress()
      let restored = 0
      for await (const { number, bytes } of store?.restore() ?? []) {
        checkLabels(this.files[number - 1]!, bytes)
        this.images.add(number, bytes)
        this.kept.add(number)
        restored += bytes.length
        progress.set(restored, null, "this browser's copy")
      }
    })
  }

  /** Gets what is missing. A load that is under way is cancelled first. */
  load(request: DataRequest): Promise<void> {
    this.cancel()
    this.abort = new AbortController()
    const { signal } = this.abort
    return this.inTurn(async () => {
      for await (const { number, bytes } of this.shards(request, signal)) {
        signal.throwIfAborted()
        this.images.add(number, bytes)
        this.keep(number, bytes)
      }
      await this.keeping
    }, signal)
  }

  /** Stops the load that is under way; the shards that have come stay. */
  cancel(): void {
    this.abort.abort()
  }

  /** Removes CIFAR-10 from the browser. A run that trains on it keeps its images. */
  remove(): Promise<void> {
    this.cancel()
    return this.inTurn(async () => {
      await this.keeping
      const store = await this.store
      await store?.remove()
      this.kept.clear()
      this.images = new Cifar10(this.files)
    })
  }

  /** What reads them is loaded now: most pages never do. */
  private async *shards(request: DataRequest, signal: AbortSignal): AsyncIterable<Shard> {
    const { files, options } = this
    const { ready } = this.images
    const wanted = shardNumbers(files).filter((number) => !ready.includes(number))
    const common = { files, wanted, progress: this.progress(), signal }
    if (wanted.length === 0) return
    switch (request.kind) {
      case 'server': {
        const address = (options.address ?? addressBesidePage)()
        const { shardsFromServer } = await import('./cifar-server')
        yield* shardsFromServer({ ...common, address, pollMs: options.pollMs ?? 500 })
        return
      }
      case 'files': {
        const { shardsFromFiles } = await import('./dropped-files')
        yield* shardsFromFiles({ ...common, dropped: request.files })
        return
      }
      default:
        request satisfies never
    }
  }

  /** Writes a shard to the browser's storage, after those before it; no room is no failure. */
  private keep(number: number, bytes: Uint8Array<ArrayBuffer>): void {
    this.keeping = this.keeping.then(async () => {
      try {
        const store = await this.store
        if (!store) return
        await store.keep(number, bytes)
        this.kept.add(number)
      } catch {
        this.kept.delete(number)
      }
    })
  }

  /** Runs a task after those before it, and tells the page how things stand after it. */
  private inTurn(task: () => Promise<void>, signal?: AbortSignal): Promise<void> {
    this.turn = this.turn.then(async () => {
      try {
        if (!signal?.aborted) await task()
        this.report(this.settled())
      } catch (error) {
        this.report(signal?.aborted ? this.settled() : this.failed(error))
      }
    })
    return this.turn
  }

  private settled(): DataStatus {
    const { ready } = this.images
    if (ready.length === 0) return { state: 'absent' }
    return { state: 'ready', ready, persisted: ready.every((number) => this.kept.has(number)) }
  }

  private failed(error: unknown): DataStatus {
    const message = error instanceof Error ? error.message : String(error)
    const remedy = error instanceof DataError ? error.remedy : 'Try again, or reload the page.'
    return { state: 'failed', ready: this.images.ready, message, remedy }
  }

  private progress(): LoadProgress {
    return new LoadProgress((received, total, what) =>
      this.report({ state: 'loading', ready: this.images.ready, received, total, what }),
    )
  }
}
