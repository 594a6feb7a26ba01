import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { corrupted, FAKE_FILES, FAKE_SHARDS, fakeArchive, fakeEntries } from '../test/fake-cifar10'
import { answersWith, breaksAt, Origin, sends, sendsWithoutRanges, stallsAt } from '../test/origin'
import { CifarSupply } from './supply'

const ALL = [1, 2, 3, 4, 5]
let archive: Uint8Array
let damaged: Uint8Array
let folder: string
let origin: Origin

beforeAll(async () => {
  archive = await fakeArchive()
  const shards = FAKE_SHARDS.with(2, corrupted(3, 5, FAKE_SHARDS[2]![5]! ^ 1))
  damaged = await fakeArchive(fakeEntries(shards))
})

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'supply-'))
  origin = new Origin()
  await origin.open()
})

afterEach(async () => {
  await origin.close()
  await rm(folder, { recursive: true })
})

const cache = () => join(folder, 'cache')

function supplyOf(location?: string): CifarSupply {
  return new CifarSupply({ location, cache: cache(), url: origin.url, files: FAKE_FILES })
}

/** Starts a fetch and returns the status at its end. */
async function fetched(supply: CifarSupply) {
  await supply.start()
  await expect
    .poll(async () => (await supply.status()).state, { timeout: 8000 })
    .not.toBe('fetching')
  return supply.status()
}

const files = () => readdir(cache()).catch((): string[] => [])
const PART = 'cifar-10-binary.tar.gz.part'

test('nothing is fetched before it is asked for', async () => {
  expect(await supplyOf().status()).toMatchObject({ state: 'absent', ready: [] })
  expect(origin.ranges).toEqual([])
})

test('the archive is fetched and unpacked, and only the shards are left', async () => {
  origin.answers = [sends(archive)]
  expect(await fetched(supplyOf())).toMatchObject({ state: 'ready', ready: ALL })
  await expect.poll(files).toEqual(FAKE_FILES.map(({ name }) => name))
  expect(new Uint8Array(await readFile(join(cache(), 'data_batch_4.bin')))).toEqual(FAKE_SHARDS[3])
})

test('what is in the cache is not fetched again', async () => {
  origin.answers = [sends(archive)]
  await fetched(supplyOf())
  const again = supplyOf()
  await again.start()
  expect(await again.status()).toMatchObject({ state: 'ready', ready: ALL })
  expect(origin.ranges).toHaveLength(1)
})

test('many who ask share one fetch', async () => {
  origin.answers = [sends(archive)]
  const supply = supplyOf()
  await Promise.all([supply.start(), supply.start(), fetched(supply)])
  expect(origin.ranges).toHaveLength(1)
})

test('a shard can be had before the rest has come, and the progress is told', async () => {
  origin.answers = [stallsAt(archive, 300_000)]
  const supply = supplyOf()
  await supply.start()
  await expect.poll(async () => (await supply.status()).ready).toEqual([1, 2])
  const status = await supply.status()
  expect(status).toMatchObject({ state: 'fetching', total: archive.length })
  expect(status.received).toBeGreaterThan(200_000)
  expect(await supply.pathOf(2)).toBe(join(cache(), 'data_batch_2.bin'))
  expect(await supply.pathOf(5)).toBeUndefined()
  supply.cancel()
})

describe('a fetch that broke', () => {
  test('goes on where it was', async () => {
    origin.answers = [breaksAt(archive, 200_000), breaksAt(archive, 400_000), sends(archive)]
    expect(await fetched(supplyOf())).toMatchObject({ state: 'ready', ready: ALL })
    expect(origin.ranges).toEqual([undefined, 'bytes=200000-', 'bytes=400000-'])
  })

  test('begins anew where the server knows no ranges', async () => {
    origin.answers = [breaksAt(archive, 200_000), sendsWithoutRanges(archive)]
    expect(await fetched(supplyOf())).toMatchObject({ state: 'ready', ready: ALL })
  })

  test('is given up where nothing more comes, and what came is kept', async () => {
    origin.answers = [breaksAt(archive, 200_000)]
    expect(await fetched(supplyOf())).toMatchObject({
      state: 'failed',
      ready: [1],
      message: `The connection broke after 200000 of ${archive.length} bytes.`,
    })
    expect(await files()).toContain(PART)
    origin.answers = [sends(archive)]
    expect(await fetched(supplyOf())).toMatchObject({ state: 'ready', ready: ALL })
    expect(origin.ranges.at(-1)).toBe('bytes=200000-')
  })

  test('begins anew where what was kept does not fit what follows', async () => {
    origin.answers = [breaksAt(archive, 200_000)]
    await fetched(supplyOf())
    await writeFile(join(cache(), PART), new Uint8Array(200_000).fill(0x1f))
    origin.answers = [sends(archive)]
    expect(await fetched(supplyOf())).toMatchObject({ state: 'ready', ready: ALL })
    await expect.poll(files).not.toContain(PART)
  })

  test('begins anew where more was kept than the archive has', async () => {
    origin.answers = [breaksAt(archive, 200_000)]
    await fetched(supplyOf())
    await writeFile(join(cache(), PART), new Uint8Array(archive.length + 1))
    origin.answers = [sends(archive)]
    expect(await fetched(supplyOf())).toMatchObject({ state: 'ready', ready: ALL })
  })
})

test('a cancelled fetch stops, keeps what came, and can be taken up again', async () => {
  origin.answers = [stallsAt(archive, 300_000), sends(archive)]
  const supply = supplyOf()
  await supply.start()
  await expect.poll(async () => (await supply.status()).ready).toEqual([1, 2])
  supply.cancel()
  expect(await supply.status()).toMatchObject({ state: 'absent', ready: [1, 2] })
  expect(await fetched(supply)).toMatchObject({ state: 'ready', ready: ALL })
})

describe('a fetch fails with what is wrong:', () => {
  test('a server that has an error', async () => {
    origin.answers = [answersWith(500)]
    expect(await fetched(supplyOf())).toMatchObject({
      state: 'failed',
      message: `${origin.url} answered 500 Internal Server Error.`,
      remedy: expect.stringContaining('CIFAR10_DIR'),
    })
  })

  test('a server that is not there', async () => {
    const url = 'http://127.0.0.1:9/'
    const supply = new CifarSupply({ cache: cache(), url, files: FAKE_FILES })
    expect((await fetched(supply)).message).toMatch(/^http:\/\/127\.0\.0\.1:9\/ cannot be reached/)
  })

  test('a web page in place of the archive, of which nothing is kept', async () => {
    origin.answers = [answersWith(200, '<!doctype html><p>Moved')]
    expect((await fetched(supplyOf())).message).toBe('This is a web page, not the archive.')
    expect(await files()).toEqual([])
  })

  test('an archive that the origin itself has only in part', async () => {
    origin.answers = [sends(archive.subarray(0, 300_000))]
    expect(await fetched(supplyOf())).toMatchObject({ state: 'failed', ready: [1, 2] })
  })

  test('a file with a wrong digest, which is not handed out', async () => {
    origin.answers = [sends(damaged)]
    expect(await fetched(supplyOf())).toMatchObject({
      state: 'failed',
      ready: [1, 2],
      message: expect.stringContaining('data_batch_3.bin: its MD5 is'),
    })
    expect(await files()).toEqual(['data_batch_1.bin', 'data_batch_2.bin'])
  })
})

describe('of what the user has already', () => {
  test('a folder with some files is all there is', async () => {
    await writeFile(join(folder, 'data_batch_1.bin'), FAKE_SHARDS[0]!)
    expect(await fetched(supplyOf(folder))).toMatchObject({ state: 'ready', ready: [1] })
    expect(origin.ranges).toEqual([])
  })

  test('an archive is unpacked when asked for', async () => {
    const path = join(folder, 'my.tar.gz')
    await writeFile(path, archive)
    const supply = supplyOf(path)
    expect(await supply.status()).toMatchObject({ state: 'absent' })
    expect(await fetched(supply)).toMatchObject({ state: 'ready', ready: ALL })
    expect(origin.ranges).toEqual([])
  })

  test('a path that leads nowhere is told', async () => {
    expect(await fetched(supplyOf(join(folder, 'nowhere')))).toMatchObject({
      state: 'failed',
      message: expect.stringContaining('there is no such file or folder'),
    })
  })
})
