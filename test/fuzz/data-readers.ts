import { createHash } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { readArchive } from '../../src/data/archive'
import { RECORD_BYTES } from '../../src/data/cifar10'
import { DataError } from '../../src/data/errors'
import { nodeMd5 } from '../../src/data/node-md5'
import { readShard } from '../../src/data/shard'
import { severalDamages } from '../damage'
import { FAKE_FILES, FAKE_SHARDS, fakeArchive, fakeEntries, streamOf } from '../fake-cifar10'
import { type Input, must, type Reader, type Verdict } from './reader'

/** Of three pictures each, so that an archive is packed in a millisecond. */
const SHARDS = FAKE_SHARDS.map((bytes) => bytes.slice(0, 3 * RECORD_BYTES))
const FILES = SHARDS.map((bytes, i) => ({
  name: FAKE_FILES[i]!.name,
  bytes: bytes.length,
  md5: createHash('md5').update(bytes).digest('hex'),
}))
const [SHARD, FILE] = [SHARDS[0]!, FILES[0]!]
const archive = await fakeArchive(fakeEntries(SHARDS))
const tar = gunzipSync(archive)
/** Ends of a stream's pieces fall anywhere. */
const pieceOf = (input: Input) => [1021, 10_007, 65_536, 1_000_000][input.length % 4]!

const equal = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0

async function readWhole(input: Input): Promise<Verdict> {
  const stream = streamOf(input as Uint8Array, pieceOf(input))
  for await (const { number, bytes } of readArchive(stream, {
    newMd5: nodeMd5,
    files: FILES,
  })) {
    must(equal(bytes, SHARDS[number - 1]!), `other images as those of file ${number}`)
  }
  return 'same'
}

const HEADER_BYTES = 512
const headers = Array.from(
  { length: tar.length / HEADER_BYTES },
  (_, i) => i * HEADER_BYTES,
).filter((at) => tar.toString('latin1', at + 257, at + 262) === 'ustar')
/** Fields of a tar header: where they begin, and how long they are. */
const FIELDS = {
  name: [0, 100],
  size: [124, 12],
  type: [156, 1],
  magic: [257, 6],
  prefix: [345, 155],
}

/** A tar with one field of one header written over, its checksum right again. */
const forgedTar = fc
  .tuple(
    fc.constantFrom(...headers),
    fc.constantFrom(...Object.values(FIELDS)),
    fc.oneof(
      fc.constantFrom('77777777777\0', '\x80\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff', '-1\0', '0\0'),
      fc.constantFrom('x', 'g', 'L', 'K', '1', '2', '5', 'S', '__proto__', 'data_batch_1.bin\0'),
      fc.string(),
    ),
  )
  .map(([at, field, text]) => {
    const forged = Uint8Array.from(tar)
    const [offset, length] = field as [number, number]
    forged.set(Buffer.from(text, 'latin1').subarray(0, length), at + offset)
    forged.fill(0x20, at + 148, at + 156)
    const sum = forged.subarray(at, at + HEADER_BYTES).reduce((a, b) => a + b, 0)
    forged.set(Buffer.from(`${sum.toString(8).padStart(6, '0')}\0 `), at + 148)
    return forged
  })

const packed = (bytes: Uint8Array) => Uint8Array.from(gzipSync(bytes, { level: 1 }))

/** A small archive that unpacks to a thousand times its size: of nothing, of entries, of noise. */
const bombs = fc
  .tuple(fc.constantFrom('', tar.toString('latin1', 0, 512), 'x'), fc.constantFrom(1, 16))
  .map(([block, mebibytes]) =>
    packed(Buffer.alloc(mebibytes * 2 ** 20, Buffer.from(block.padEnd(512, '\0'), 'latin1'))),
  )

const refusals = [DataError]

export const dataReaders: readonly Reader[] = [
  {
    ...{ name: 'file of CIFAR-10', weight: 3, refusals },
    inputs: severalDamages.map((damage) => damage(SHARD)),
    async read(input) {
      const bytes = await readShard(streamOf(input as Uint8Array, pieceOf(input)), FILE, nodeMd5)
      must(equal(bytes, SHARD), 'other images')
      return 'same' as const
    },
  },
  {
    ...{ name: 'archive (.tar.gz)', weight: 2, refusals },
    inputs: severalDamages.map((damage) => damage(archive)),
    read: readWhole,
  },
  {
    ...{ name: 'archive, its tar damaged', weight: 2, refusals },
    inputs: fc.oneof(
      { weight: 10, arbitrary: severalDamages.map((damage) => packed(damage(tar))) },
      { weight: 10, arbitrary: forgedTar.map(packed) },
      { weight: 1, arbitrary: bombs },
    ),
    read: readWhole,
  },
]
