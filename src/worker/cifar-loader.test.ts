import { mkdtemp, rm } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { supplyRoutes } from '../../server/cifar10'
import { CifarSupply } from '../../server/supply'
import {
  corrupted,
  FAKE_FILES,
  FAKE_IMAGES,
  FAKE_SHARDS,
  fakeArchive,
} from '../../test/fake-cifar10'
import { serve, type TestServer } from '../../test/http-server'
import { answersWith, Origin, sends, stallsAt } from '../../test/origin'
import type { Shard } from '../data/archive'
import type { ShardStore } from '../data/opfs'
import { CifarLoader, type LoaderOptions } from './cifar-loader'
import type { DataStatus } from './protocol'

const ALL = [1, 2, 3, 4, 5]

/** A browser's storage with room for so many shards. */
class FakeStore implements ShardStore {
  readonly shards = new Map<number, Uint8Array<ArrayBuffer>>()

  constructor(private readonly room = 5) {}

  async *restore(): AsyncGenerator<Shard> {
    for (const [number, bytes] of this.shards) yield { number, bytes }
  }

  async keep(shard: number, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    if (this.shards.size >= this.room) throw new DOMException('full', 'QuotaExceededError')
    this.shards.set(shard, bytes)
  }

  async remove(): Promise<void> {
    this.shards.clear()
  }
}

let told: DataStatus[] = []
let server: TestServer | undefined

beforeEach(() => {
  told = []
})

afterEach(async () => {
  await server?.close()
  server = undefined
})

function loaderWith(store: ShardStore | undefined, options: LoaderOptions = {}): CifarLoader {
  return new CifarLoader((status) => told.push(status), {
    files: FAKE_FILES,
    openStore: async () => store,
    address: () => new URL('data/cifar10/', server!.url),
    pollMs: 10,
    ...options,
  })
}

function shardFile(shard: number, bytes = FAKE_SHARDS[shard - 1]!): File {
  return new File([bytes], `data_batch_${shard}.bin`)
}

async function archiveFile(): Promise<File> {
  return new File([new Uint8Array(await fakeArchive())], 'cifar-10-binary.tar.gz')
}

const drop = (loader: CifarLoader, files: File[]) => loader.load({ kind: 'files', files })

describe('files that are dropped', () => {
  test('an archive fills memory and the storage', async () => {
    const store = new FakeStore()
    const loader = loaderWith(store)
    await drop(loader, [await archiveFile()])
    expect(told.at(-1)).toEqual({ state: 'ready', ready: ALL, persisted: true })
    expect([...store.shards.keys()]).toEqual(ALL)
    expect(loader.source.missing(4 * FAKE_IMAGES, FAKE_IMAGES)).toEqual([])
  })

  test('the progress is told in bytes of the file', async () => {
    const archive = await archiveFile()
    await drop(loaderWith(undefined), [archive])
    expect(told[0]).toEqual({
      state: 'loading',
      ready: [],
      received: 0,
      total: archive.size,
      what: 'cifar-10-binary.tar.gz',
    })
  })

  test('some of the .bin files will do, among files of no use', async () => {
    const loader = loaderWith(new FakeStore())
    await drop(loader, [new File(['<html>'], 'readme.html'), shardFile(4), shardFile(1)])
    expect(told.at(-1)).toEqual({ state: 'ready', ready: [1, 4], persisted: true })
  })

  test('a later drop adds what was missing', async () => {
    const loader = loaderWith(new FakeStore())
    await drop(loader, [shardFile(1)])
    await drop(loader, [shardFile(1), shardFile(2)])
    expect(told.at(-1)).toEqual({ state: 'ready', ready: [1, 2], persisted: true })
  })

  test('a damaged file fails the load and takes nothing away', async () => {
    const loader = loaderWith(new FakeStore())
    await drop(loader, [shardFile(1)])
    await drop(loader, [shardFile(2, corrupted(2, 5, FAKE_SHARDS[1]![5]! ^ 1))])
    expect(told.at(-1)).toMatchObject({
      state: 'failed',
      ready: [1],
      message: expect.stringContaining('data_batch_2.bin: its MD5 is'),
      remedy: expect.stringContaining('again'),
    })
    expect(loader.source.ready).toEqual([1])
  })

  test('files of something else are named', async () => {
    await drop(loaderWith(undefined), [new File(['GIF'], 'cat.gif')])
    expect(told.at(-1)).toMatchObject({
      state: 'failed',
      message: 'cat.gif is not of CIFAR-10 in its binary version.',
    })
  })
})

describe('the storage', () => {
  test('gives back at the next visit what was kept', async () => {
    const store = new FakeStore()
    await drop(loaderWith(store), [shardFile(2), shardFile(3)])
    const next = loaderWith(store)
    await next.restore()
    expect(told.at(-1)).toEqual({ state: 'ready', ready: [2, 3], persisted: true })
    expect(next.source.ready).toEqual([2, 3])
  })

  test('that holds nothing leaves the data absent', async () => {
    await loaderWith(new FakeStore()).restore()
    expect(told).toEqual([{ state: 'absent' }])
  })

  test('that is full or not there leaves the data in memory, and says so', async () => {
    await drop(loaderWith(new FakeStore(2)), [await archiveFile()])
    expect(told.at(-1)).toEqual({ state: 'ready', ready: ALL, persisted: false })
    await drop(loaderWith(undefined), [shardFile(1)])
    expect(told.at(-1)).toEqual({ state: 'ready', ready: [1], persisted: false })
  })

  test('is emptied on request, while a run keeps the images that it has', async () => {
    const store = new FakeStore()
    const loader = loaderWith(store)
    await drop(loader, [shardFile(1)])
    const used = loader.source
    await loader.remove()
    expect(told.at(-1)).toEqual({ state: 'absent' })
    expect(store.shards.size).toBe(0)
    expect(loader.source.ready).toEqual([])
    expect(used.ready).toEqual([1])
  })
})

test('a shard can be trained on while the next still comes', async () => {
  let release = () => {}
  const slow = shardFile(2)
  const wait = new Promise<void>((resolve) => {
    release = resolve
  })
  const stream = slow.stream.bind(slow)
  slow.stream = () => {
    const reader = stream().getReader()
    return new ReadableStream({
      async pull(controller) {
        await wait
        const { done, value } = await reader.read()
        if (done) controller.close()
        else controller.enqueue(value)
      },
    })
  }
  const loader = loaderWith(undefined)
  const loading = drop(loader, [shardFile(1), slow])
  await expect.poll(() => loader.source.missing(FAKE_IMAGES, 0)).toEqual([])
  expect(loader.source.missing(FAKE_IMAGES + 1, 0)).toEqual([2])
  release()
  await loading
  expect(loader.source.ready).toEqual([1, 2])
})

describe('a static deployment', () => {
  /** Plain files, and the page for all other addresses, as many hosts do. */
  function files(shards: number[]): RequestListener {
    return (request, response) => {
      const shard = shards.find(
        (number) => request.url === `/data/cifar10/data_batch_${number}.bin`,
      )
      if (shard) return response.end(FAKE_SHARDS[shard - 1]!)
      response.writeHead(200, { 'content-type': 'text/html' })
      return response.end('<!doctype html>')
    }
  }

  test('serves the shards as plain files', async () => {
    server = await serve(files(ALL))
    await loaderWith(new FakeStore()).load({ kind: 'server' })
    expect(told.at(-1)).toEqual({ state: 'ready', ready: ALL, persisted: true })
  })

  test('may have some of them only', async () => {
    server = await serve(files([1]))
    await loaderWith(new FakeStore()).load({ kind: 'server' })
    expect(told.at(-1)).toEqual({ state: 'ready', ready: [1], persisted: true })
  })

  test('without any says what to do', async () => {
    server = await serve(files([]))
    await loaderWith(new FakeStore()).load({ kind: 'server' })
    expect(told.at(-1)).toMatchObject({
      state: 'failed',
      ready: [],
      message: 'This server does not have data_batch_1.bin.',
      remedy: expect.stringContaining('Drop cifar-10-binary.tar.gz'),
    })
  })

  test('that has an error is told from one without the files', async () => {
    server = await serve(answersWith(503))
    await loaderWith(new FakeStore()).load({ kind: 'server' })
    expect(told.at(-1)).toMatchObject({
      message: 'The server answered 503 Service Unavailable for data_batch_1.bin.',
    })
  })

  test('that is gone fails the load', async () => {
    const loader = loaderWith(undefined, { address: () => new URL('http://127.0.0.1:9/') })
    await loader.load({ kind: 'server' })
    expect(told.at(-1)).toMatchObject({ message: "The page's server cannot be reached." })
  })
})

describe('a server that fetches the archive', () => {
  let origin: Origin
  let cache: string
  let archive: Uint8Array

  beforeEach(async () => {
    archive = await fakeArchive()
    cache = await mkdtemp(join(tmpdir(), 'loader-'))
    origin = new Origin()
    await origin.open()
    const routes = supplyRoutes(new CifarSupply({ cache, url: origin.url, files: FAKE_FILES }))
    server = await serve((request, response) => {
      // As a browser does for its own page.
      request.headers['sec-fetch-site'] = 'same-origin'
      routes(request, response, () => response.writeHead(404).end())
    })
  })

  afterEach(async () => {
    await origin.close()
    await rm(cache, { recursive: true })
  })

  test('is told to, and hands out what it has got', async () => {
    origin.answers = [sends(archive)]
    await loaderWith(new FakeStore()).load({ kind: 'server' })
    expect(told.at(-1)).toEqual({ state: 'ready', ready: ALL, persisted: true })
  })

  test('has its own progress shown, and its first shards used, while it fetches', async () => {
    origin.answers = [stallsAt(archive, 300_000), sends(archive)]
    const loader = loaderWith(new FakeStore())
    const loading = loader.load({ kind: 'server' })
    await expect.poll(() => loader.source.ready).toEqual([1, 2])
    await expect
      .poll(() => told.at(-1))
      .toMatchObject({
        state: 'loading',
        total: archive.length,
        what: 'cifar-10-binary.tar.gz, fetched by the server',
      })
    loader.cancel()
    await loading
    expect(told.at(-1)).toEqual({ state: 'ready', ready: [1, 2], persisted: true })
  })

  test('is stopped with the load that wanted it, and goes on with the next', async () => {
    origin.answers = [stallsAt(archive, 300_000), sends(archive)]
    const loader = loaderWith(new FakeStore())
    const loading = loader.load({ kind: 'server' })
    await expect.poll(() => loader.source.ready).toEqual([1, 2])
    loader.cancel()
    await loading
    const status = async () => (await fetch(`${server!.url}data/cifar10/status.json`)).json()
    await expect.poll(async () => (await status()).state).toBe('absent')
    await loader.load({ kind: 'server' })
    expect(told.at(-1)).toEqual({ state: 'ready', ready: ALL, persisted: true })
  })

  test('has its failures shown with the remedy', async () => {
    origin.answers = [answersWith(500)]
    await loaderWith(new FakeStore()).load({ kind: 'server' })
    expect(told.at(-1)).toMatchObject({
      state: 'failed',
      ready: [],
      message: expect.stringContaining('500 Internal Server Error'),
      remedy: expect.stringContaining('CIFAR10_DIR'),
    })
  })
})
