import type { Shard } from '../data/archive'
import { ARCHIVE_NAME, type ShardFile } from '../data/cifar10'
import { DataError } from '../data/errors'
import { browserMd5 } from '../data/md5'
import { readShard } from '../data/shard'
import { parseSupplyStatus, type SupplyStatus } from '../data/supply'
import type { LoadProgress } from './load-progress'

export interface ServerLoad {
  /** The address of `data/cifar10/`, with its slash at the end. */
  address: URL
  files: readonly ShardFile[]
  /** The shards to get. */
  wanted: readonly number[]
  pollMs: number
  progress: LoadProgress
  signal: AbortSignal
}

const REMEDY = `Drop ${ARCHIVE_NAME} or its .bin files onto the page, or put the .bin files beside the page's files, in data/cifar10/.`

/**
 * Gets shards from the page's own server: from one that fetches the official archive itself
 * (`src/data/supply.ts`) as it has unpacked them, or from plain files of a static deployment.
 */
export async function* shardsFromServer(load: ServerLoad): AsyncGenerator<Shard, void> {
  const status = await askStatus(load, 'status.json')
  if (status) yield* shardsFromSupply(load, status)
  else yield* shardsFromPlainFiles(load)
}

async function* shardsFromPlainFiles(load: ServerLoad): AsyncGenerator<Shard, void> {
  beginDownload(load, load.wanted)
  let firstMissing: unknown
  let found = 0
  for (const number of load.wanted) {
    try {
      yield { number, bytes: await download(load, number) }
      found++
    } catch (error) {
      const missing = error instanceof DataError && error.fault === 'missing'
      if (!missing) throw error
      firstMissing ??= error
    }
  }
  // A deployment may ship some of the files only.
  if (found === 0) throw firstMissing
}

async function* shardsFromSupply(
  load: ServerLoad,
  first: SupplyStatus,
): AsyncGenerator<Shard, void> {
  const left = new Set(load.wanted)
  const idle = first.state === 'absent' || first.state === 'failed'
  let status = idle ? await order(load, 'fetch') : first
  try {
    for (;;) {
      const here = status.ready.filter((number) => left.has(number))
      if (here.length > 0) beginDownload(load, here)
      for (const number of here) {
        yield { number, bytes: await download(load, number) }
        left.delete(number)
      }
      if (left.size === 0 || status.state === 'ready') return
      if (status.state !== 'fetching') throw notFetched(status)
      load.progress.set(status.received, status.total, `${ARCHIVE_NAME}, fetched by the server`)
      await pause(load.pollMs, load.signal)
      status = await refresh(load)
    }
  } finally {
    if (load.signal.aborted && status.state === 'fetching') {
      fetch(new URL('cancel', load.address), { method: 'POST' }).catch(() => {})
    }
  }
}

function beginDownload({ files, progress }: ServerLoad, shards: readonly number[]): void {
  const bytes = shards.reduce((sum, number) => sum + files[number - 1]!.bytes, 0)
  progress.begin('CIFAR-10 from the server', bytes)
}

function notFetched({ message, remedy }: SupplyStatus): DataError {
  return message
    ? new DataError('network', message, remedy)
    : new DataError('network', 'The server has stopped to fetch CIFAR-10.', 'Try again.')
}

async function refresh(load: ServerLoad): Promise<SupplyStatus> {
  const status = await askStatus(load, 'status.json')
  if (!status) throw new DataError('network', 'The server does not answer any more.', 'Try again.')
  return status
}

async function order(load: ServerLoad, name: string): Promise<SupplyStatus> {
  const status = await askStatus(load, name, { method: 'POST' })
  if (status) return status
  throw new DataError('network', 'The server refuses to fetch CIFAR-10.', REMEDY)
}

/** The supply's status, or undefined from a server that has none. */
async function askStatus(
  load: ServerLoad,
  name: string,
  init: RequestInit = {},
): Promise<SupplyStatus | undefined> {
  const response = await request(load, name, init)
  if (!response.ok) {
    await response.body?.cancel()
    return
  }
  return parseSupplyStatus(await response.json().catch(() => undefined))
}

async function request(load: ServerLoad, name: string, init: RequestInit = {}): Promise<Response> {
  try {
    return await fetch(new URL(name, load.address), { ...init, signal: load.signal })
  } catch (cause) {
    load.signal.throwIfAborted()
    throw new DataError('network', "The page's server cannot be reached.", REMEDY, { cause })
  }
}

async function download(load: ServerLoad, number: number): Promise<Uint8Array<ArrayBuffer>> {
  const { files, progress, signal } = load
  const file = files[number - 1]!
  const response = await request(load, file.name)
  const isPage = response.headers.get('content-type')?.startsWith('text/html')
  if (response.ok && !isPage && response.body) {
    return readShard(response.body, file, browserMd5, (bytes) => progress.add(bytes)).catch(
      (error) => {
        signal.throwIfAborted()
        throw error instanceof DataError ? error : broken(file, error)
      },
    )
  }
  await response.body?.cancel()
  if (response.ok || response.status === 404) {
    throw new DataError('missing', `This server does not have ${file.name}.`, REMEDY)
  }
  const answer = `${response.status} ${response.statusText}`.trim()
  throw new DataError('network', `The server answered ${answer} for ${file.name}.`, REMEDY)
}

function broken(file: ShardFile, cause: unknown): DataError {
  return new DataError('network', `The connection broke within ${file.name}.`, 'Try again.', {
    cause,
  })
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(signal.reason)
    })
  })
}
