import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { packTar, type TarEntry } from 'modern-tar'
import { FOLDER_NAME, RECORD_BYTES, type ShardFile } from '../src/data/cifar10'
import { philox } from '../src/random/philox'

/** Images in a small stand-in for a shard; too many for the files to fit one chunk of a stream. */
export const FAKE_IMAGES = 40

const SHARD_COUNT = 5

function fakeShard(number: number): Uint8Array<ArrayBuffer> {
  const words = new Uint32Array(Math.ceil((FAKE_IMAGES * RECORD_BYTES) / 4))
  for (let i = 0; i < words.length; i++) words[i] = philox([number, 0], i)[0]
  const bytes = new Uint8Array(words.buffer, 0, FAKE_IMAGES * RECORD_BYTES)
  for (let image = 0; image < FAKE_IMAGES; image++) bytes[image * RECORD_BYTES] = image % 10
  return bytes
}

/** Shards 1 … 5 of a small stand-in for CIFAR-10. */
export const FAKE_SHARDS = Array.from({ length: SHARD_COUNT }, (_, i) => fakeShard(i + 1))

/** What the stand-in's "official" files are. */
export const FAKE_FILES: readonly ShardFile[] = FAKE_SHARDS.map((bytes, i) => ({
  name: `data_batch_${i + 1}.bin`,
  bytes: bytes.length,
  md5: createHash('md5').update(bytes).digest('hex'),
}))

/** A shard with one byte changed. */
export function corrupted(shard: number, at: number, value: number): Uint8Array<ArrayBuffer> {
  const bytes = FAKE_SHARDS[shard - 1]!.slice()
  bytes[at] = value
  return bytes
}

function entry(name: string, body: Uint8Array): TarEntry {
  return { header: { name: `${FOLDER_NAME}/${name}`, size: body.length }, body }
}

/** Entries of an archive in the official layout, with what belongs to no training file. */
export function fakeEntries(shards: readonly Uint8Array[] = FAKE_SHARDS): TarEntry[] {
  return [
    { header: { name: `${FOLDER_NAME}/`, type: 'directory', size: 0 } },
    ...shards.slice(0, 2).map((bytes, i) => entry(FAKE_FILES[i]!.name, bytes)),
    entry('batches.meta.txt', new TextEncoder().encode('airplane\n')),
    ...shards.slice(2).map((bytes, i) => entry(FAKE_FILES[i + 2]!.name, bytes)),
    entry('test_batch.bin', FAKE_SHARDS[0]!),
  ]
}

/** A packed archive; the stand-in's own unless told otherwise. */
export async function fakeArchive(entries: TarEntry[] = fakeEntries()): Promise<Uint8Array> {
  return gzipSync(await packTar(entries))
}

/** A stream of the bytes in pieces that fall anywhere. */
export function streamOf(bytes: Uint8Array, pieceBytes = 10_007): ReadableStream<Uint8Array> {
  let at = 0
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close()
      controller.enqueue(bytes.slice(at, at + pieceBytes))
      at += pieceBytes
    },
  })
}

/** What a promise fails with. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  )
}
