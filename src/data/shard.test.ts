import { expect, test } from 'vitest'
import { corrupted, FAKE_FILES, FAKE_SHARDS, failureOf, streamOf } from '../../test/fake-cifar10'
import { RECORD_BYTES } from './cifar10'
import { browserMd5 } from './md5'
import { nodeMd5 } from './node-md5'
import { readShard } from './shard'

const file = FAKE_FILES[0]!
const shard = FAKE_SHARDS[0]!
const failure = (bytes: Uint8Array) => failureOf(readShard(streamOf(bytes), file, nodeMd5))

test('the official bytes are taken', async () => {
  expect(await readShard(streamOf(shard), file, nodeMd5)).toEqual(shard)
})

test('the MD5 in JavaScript agrees with that of Node', async () => {
  expect(await readShard(streamOf(shard), file, browserMd5)).toEqual(shard)
})

test('every piece that is read is told', async () => {
  let read = 0
  await readShard(streamOf(shard), file, nodeMd5, (bytes) => {
    read += bytes
  })
  expect(read).toBe(shard.length)
})

test('a file that is too short is refused with both sizes', async () => {
  expect(await failure(shard.subarray(0, 100_000))).toMatchObject({
    fault: 'wrong-size',
    message: 'data_batch_1.bin: expected 122,920 bytes, got 100,000.',
    remedy: expect.stringContaining('incomplete'),
  })
})

test('a file that is too long is refused before it is read to its end', async () => {
  let pulled = 0
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      pulled++
      controller.enqueue(shard.slice(0, RECORD_BYTES))
    },
  })
  const error = await failureOf(readShard(endless, file, nodeMd5))
  expect(error).toMatchObject({ fault: 'wrong-size' })
  expect(pulled).toBeLessThan(shard.length / RECORD_BYTES + 4)
})

test('a label that is no class is refused with its record', async () => {
  expect(await failure(corrupted(1, 7 * RECORD_BYTES, 10))).toMatchObject({
    fault: 'wrong-label',
    message: 'data_batch_1.bin: record 7 has the label 10, expected 0 to 9.',
  })
})

test('a changed pixel is noticed by the digest', async () => {
  expect(await failure(corrupted(1, 5, shard[5]! ^ 1))).toMatchObject({
    fault: 'wrong-digest',
    message: expect.stringContaining(file.md5),
  })
})

test('a web page is called one', async () => {
  const page = new TextEncoder().encode('<!doctype html><title>Not found</title>')
  expect(await failure(page)).toMatchObject({ fault: 'web-page' })
})
