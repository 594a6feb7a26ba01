import { expect, test } from 'vitest'
import { FAKE_FILES, FAKE_SHARDS } from '../../test/fake-cifar10'
import type { Shard } from './archive'
import { OpfsStore, openStore } from './opfs'

const absent = () => new DOMException('not there', 'NotFoundError')

/** The part of a browser's private file system that the store uses, in memory. */
class FakeFolder {
  readonly files = new Map<string, Uint8Array<ArrayBuffer>>()
  readonly folders = new Map<string, FakeFolder>()
  /** Bytes that writers take before they fail, as when the quota is used up. */
  room = Number.POSITIVE_INFINITY

  async getDirectoryHandle(name: string, { create = false } = {}): Promise<FakeFolder> {
    if (create && !this.folders.has(name)) {
      const folder = new FakeFolder()
      folder.room = this.room
      this.folders.set(name, folder)
    }
    const folder = this.folders.get(name)
    if (!folder) throw absent()
    return folder
  }

  async getFileHandle(name: string, { create = false } = {}) {
    if (create && !this.files.has(name)) this.files.set(name, new Uint8Array())
    if (!this.files.has(name)) throw absent()
    let pending = new Uint8Array()
    return {
      getFile: async () => new File([this.files.get(name)!], name),
      createWritable: async () => ({
        write: async (bytes: Uint8Array<ArrayBuffer>) => {
          if (bytes.length > this.room) throw new DOMException('full', 'QuotaExceededError')
          pending = bytes.slice()
        },
        close: async () => this.files.set(name, pending),
        abort: async () => {},
      }),
    }
  }

  async removeEntry(name: string): Promise<void> {
    if (!this.folders.delete(name)) throw absent()
  }
}

const storeOn = (root: FakeFolder) =>
  new OpfsStore(root as unknown as FileSystemDirectoryHandle, FAKE_FILES)

async function restored(root: FakeFolder): Promise<Shard[]> {
  const shards: Shard[] = []
  for await (const shard of storeOn(root).restore()) shards.push(shard)
  return shards
}

const keep = (root: FakeFolder, shard: number) => storeOn(root).keep(shard, FAKE_SHARDS[shard - 1]!)

test('a shard that was kept comes back', async () => {
  const root = new FakeFolder()
  await keep(root, 4)
  expect(await restored(root)).toEqual([{ number: 4, bytes: FAKE_SHARDS[3] }])
})

test('an empty storage gives nothing', async () => {
  expect(await restored(new FakeFolder())).toEqual([])
})

test('an interrupted write is not taken for a shard', async () => {
  const root = new FakeFolder()
  const folder = await root.getDirectoryHandle('cifar10', { create: true })
  await folder.getFileHandle('data_batch_1.bin', { create: true })
  folder.files.set('data_batch_2.bin', FAKE_SHARDS[1]!.slice(0, 1000))
  expect(await restored(root)).toEqual([])
})

test('a storage without room refuses a shard and keeps those it has', async () => {
  const root = new FakeFolder()
  await keep(root, 1)
  root.folders.get('cifar10')!.room = 1000
  await expect(keep(root, 2)).rejects.toMatchObject({ name: 'QuotaExceededError' })
  expect((await restored(root)).map(({ number }) => number)).toEqual([1])
})

test('what is removed is gone, and removing nothing is no fault', async () => {
  const root = new FakeFolder()
  await keep(root, 1)
  await storeOn(root).remove()
  await storeOn(root).remove()
  expect(await restored(root)).toEqual([])
})

test('where there is no private file system there is no store', async () => {
  expect(await openStore(FAKE_FILES)).toBeUndefined()
})
