import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  FAKE_FILES,
  FAKE_IMAGES,
  FAKE_SHARDS,
  failureOf,
  fakeArchive,
} from '../../test/fake-cifar10'
import { ARCHIVE_NAME, FOLDER_NAME } from './cifar10'
import { readCifarFolder } from './folder'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cifar10-'))
})

afterEach(() => rm(folder, { recursive: true }))

const ALL = { train: 4 * FAKE_IMAGES, validation: FAKE_IMAGES }
const read = (path = folder, split = ALL) => readCifarFolder(path, split, FAKE_FILES)

async function place(shards: number[], into = folder): Promise<void> {
  for (const shard of shards) {
    await writeFile(join(into, FAKE_FILES[shard - 1]!.name), FAKE_SHARDS[shard - 1]!)
  }
}

test('a folder with the files is read', async () => {
  await place([1, 2, 3, 4, 5])
  expect((await read()).ready).toEqual([1, 2, 3, 4, 5])
})

test('a split of the first images needs only the first file', async () => {
  await place([1])
  expect((await read(folder, { train: FAKE_IMAGES, validation: 0 })).ready).toEqual([1])
})

test('the folder around the official one will do', async () => {
  const inner = join(folder, FOLDER_NAME)
  await mkdir(inner)
  await place([1, 2, 3, 4, 5], inner)
  expect((await read()).ready).toHaveLength(5)
})

test('the archive is read, in its folder or by its own path', async () => {
  const archive = join(folder, ARCHIVE_NAME)
  await writeFile(archive, await fakeArchive())
  expect((await read()).ready).toEqual([1, 2, 3, 4, 5])
  const split = { train: 1, validation: 1 }
  expect((await read(archive, split)).ready).toEqual([1, 5])
})

test('a path that leads nowhere is named', async () => {
  const path = join(folder, 'nowhere')
  expect(await failureOf(read(path))).toMatchObject({
    fault: 'missing',
    message: `${path}: there is no such file or folder.`,
  })
})

test('a folder with nothing of CIFAR-10 says what was looked for', async () => {
  expect(await failureOf(read())).toMatchObject({
    fault: 'missing',
    message: `${folder}: holds neither data_batch_1.bin nor cifar-10-batches-bin/ nor cifar-10-binary.tar.gz.`,
  })
})

test('a file that the split needs and that is not there is named', async () => {
  await place([1, 2, 4, 5])
  expect(await failureOf(read())).toMatchObject({
    fault: 'missing',
    message: expect.stringContaining('data_batch_3.bin'),
  })
})

test('a file of the wrong size is refused', async () => {
  await place([1, 2, 3, 4, 5])
  await writeFile(join(folder, 'data_batch_2.bin'), 'short')
  expect(await failureOf(read())).toMatchObject({
    fault: 'wrong-size',
    message: 'data_batch_2.bin: expected 122,920 bytes, got 5.',
  })
})
