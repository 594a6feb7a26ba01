import { gunzipSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import {
  corrupted,
  FAKE_FILES,
  FAKE_SHARDS,
  failureOf,
  fakeArchive,
  fakeEntries,
  streamOf,
} from '../../test/fake-cifar10'
import { readArchive, type Shard } from './archive'
import { nodeMd5 } from './node-md5'

const options = { newMd5: nodeMd5, files: FAKE_FILES }

async function all(bytes: Uint8Array, wanted?: number[]): Promise<Shard[]> {
  const shards: Shard[] = []
  const reading = readArchive(streamOf(bytes), wanted ? { ...options, wanted } : options)
  for await (const shard of reading) shards.push(shard)
  return shards
}

const faultOf = async (bytes: Uint8Array) => failureOf(all(bytes))
const text = (words: string) => new TextEncoder().encode(words)

test('the training files come out in the order of the archive, and nothing else', async () => {
  const shards = await all(await fakeArchive())
  expect(shards.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5])
  expect(shards.map(({ bytes }) => bytes)).toEqual(FAKE_SHARDS)
})

test('files that are not wanted are passed over', async () => {
  const shards = await all(await fakeArchive(), [2, 4])
  expect(shards.map(({ number }) => number)).toEqual([2, 4])
  expect(shards[1]!.bytes).toEqual(FAKE_SHARDS[3])
})

test('a file is handed out before the rest of the archive has come', async () => {
  const archive = await fakeArchive()
  let read = 0
  const reading = readArchive(streamOf(archive), {
    ...options,
    onRead: (bytes) => {
      read += bytes
    },
  })
  expect((await reading.next()).value?.number).toBe(1)
  expect(read).toBeLessThan(archive.length)
  await reading.return()
})

test('a reader that has enough stops the source', async () => {
  const archive = await fakeArchive()
  let cancelled = false
  const source = streamOf(archive).getReader()
  const watched = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await source.read()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel() {
      cancelled = true
    },
  })
  for await (const _ of readArchive(watched, options)) break
  await expect.poll(() => cancelled).toBe(true)
})

test('what the source fails with is what the reader gets', async () => {
  const archive = await fakeArchive()
  const broken = new Error('the line went dead')
  let pieces = 0
  const source = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (pieces === 3) return controller.error(broken)
      controller.enqueue(archive.slice(pieces * 1000, ++pieces * 1000))
    },
  })
  expect(await failureOf(readArchive(source, options).next())).toBe(broken)
})

describe('refused with what is wrong:', () => {
  test('a web page', async () => {
    expect(await faultOf(text('<html>no'))).toMatchObject({ fault: 'web-page' })
  })

  test('a file that is no archive', async () => {
    expect(await faultOf(text('PK'))).toMatchObject({ fault: 'damaged' })
  })

  test('an empty file', async () => {
    expect(await faultOf(new Uint8Array())).toMatchObject({ fault: 'truncated' })
  })

  test.each([20, 5000, 200_000, 500_000])('an archive cut off after %i bytes', async (bytes) => {
    const archive = await fakeArchive()
    expect(await faultOf(archive.subarray(0, bytes))).toMatchObject({
      fault: 'truncated',
      remedy: expect.stringContaining('again'),
    })
  })

  test('a tar cut off within a file and then packed whole', async () => {
    const tar = gunzipSync(await fakeArchive())
    expect(await faultOf(gzipSync(tar.subarray(0, 200_000)))).toMatchObject({
      fault: 'truncated',
      message: expect.stringContaining('data_batch_2.bin'),
    })
  })

  test('an archive with damaged data', async () => {
    const archive = await fakeArchive()
    archive.fill(0xff, 100_000, 100_100)
    const error = (await faultOf(archive)) as { fault: string }
    expect(['damaged', 'wrong-label', 'wrong-digest']).toContain(error.fault)
  })

  test('a changed pixel', async () => {
    const shards = [corrupted(1, 5, FAKE_SHARDS[0]![5]! ^ 1), ...FAKE_SHARDS.slice(1)]
    const archive = await fakeArchive(fakeEntries(shards))
    expect(await faultOf(archive)).toMatchObject({ fault: 'wrong-digest' })
  })

  test('an archive without all training files, naming those', async () => {
    const archive = await fakeArchive(fakeEntries(FAKE_SHARDS.slice(0, 3)))
    expect(await faultOf(archive)).toMatchObject({
      fault: 'missing',
      message: 'The archive ends without data_batch_4.bin, data_batch_5.bin.',
    })
  })

  test('the Python version', async () => {
    const body = new Uint8Array(10)
    const archive = await fakeArchive([
      { header: { name: 'cifar-10-batches-py/data_batch_1', size: body.length }, body },
    ])
    expect(await faultOf(archive)).toMatchObject({
      message: 'This archive is the Python version of CIFAR-10.',
    })
  })

  test('an entry that claims more than any official file, before it is read', async () => {
    const body = new Uint8Array(200_000)
    const archive = await fakeArchive([{ header: { name: 'bomb', size: body.length }, body }])
    expect(await faultOf(archive)).toMatchObject({
      fault: 'wrong-size',
      message: expect.stringContaining('bomb claims 200000 bytes'),
    })
  })
})

test('an archive that unpacks to far more than the official one is left before it is unpacked', async () => {
  const [directory] = fakeEntries()
  const entries = await fakeArchive(Array(200).fill(directory))
  expect(await faultOf(entries)).toMatchObject({
    ...{ fault: 'damaged', message: expect.stringContaining('more than 64 files') },
  })
  // No entry at all, so that only its bytes can be counted.
  const noise = gzipSync(Buffer.alloc(64 * 2 ** 20, 'x'))
  const fault = await faultOf(noise)
  expect(fault).toMatchObject({ fault: 'damaged', message: expect.stringMatching(/\d+ bytes/) })
})
