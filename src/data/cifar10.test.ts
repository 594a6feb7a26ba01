import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FAKE_FILES, FAKE_IMAGES, FAKE_SHARDS } from '../../test/fake-cifar10'
import { Cifar10, OFFICIAL_FILES, RECORD_BYTES, shardsOfSplit } from './cifar10'
import { IMAGE_BYTES } from './images'

test('an official file is 10,000 records', () => {
  expect(OFFICIAL_FILES.map(({ bytes }) => bytes / RECORD_BYTES)).toEqual(Array(5).fill(10_000))
})

test('a split of the first 10,000 images needs only the first file', () => {
  expect(shardsOfSplit(10_000, 0)).toEqual([1])
  expect(shardsOfSplit(10_001, 0)).toEqual([1, 2])
})

test('validation images come from the end', () => {
  expect(shardsOfSplit(1, 5000)).toEqual([1, 5])
  expect(shardsOfSplit(45_000, 5000)).toEqual([1, 2, 3, 4, 5])
  expect(shardsOfSplit(10_000, 10_001)).toEqual([1, 4, 5])
})

test('a split needs exactly the files that its images lie in', () => {
  const sizes = fc.nat(50_000)
  fc.assert(
    fc.property(sizes, sizes, fc.nat(49_999), (train, validation, index) => {
      const used = index < train || index >= 50_000 - validation
      const shard = Math.floor(index / 10_000) + 1
      if (used) expect(shardsOfSplit(train, validation)).toContain(shard)
    }),
  )
})

test('what is there is not missing', () => {
  const source = new Cifar10(FAKE_FILES)
  expect(source.missing(FAKE_IMAGES, 1)).toEqual([1, 5])
  source.add(5, FAKE_SHARDS[4]!)
  expect(source.missing(FAKE_IMAGES, 1)).toEqual([1])
  expect(source.ready).toEqual([5])
})

test('an image is read with its label from the shard that it is in', () => {
  const source = new Cifar10(FAKE_FILES)
  source.add(2, FAKE_SHARDS[1]!)
  const target = new Uint8Array(IMAGE_BYTES + 2)
  expect(source.read(FAKE_IMAGES + 13, target, 1)).toBe(3)
  const record = FAKE_SHARDS[1]!.subarray(13 * RECORD_BYTES, 14 * RECORD_BYTES)
  expect(target).toEqual(Uint8Array.of(0, ...record.subarray(1), 0))
})

test('an image of a shard that is not there is refused by the name of its file', () => {
  const read = () => new Cifar10(FAKE_FILES).read(FAKE_IMAGES, new Uint8Array(IMAGE_BYTES), 0)
  expect(read).toThrow('image 40 is in data_batch_2.bin, which has not been loaded')
})
