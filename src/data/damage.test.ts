import { gunzipSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { damages } from '../../test/damage'
import { FAKE_FILES, FAKE_SHARDS, failureOf, fakeArchive, streamOf } from '../../test/fake-cifar10'
import { readArchive, type Shard } from './archive'
import { DataError } from './errors'
import { nodeMd5 } from './node-md5'
import { readShard } from './shard'

/** The reader must not care where the pieces of a stream end. */
const pieceBytes = fc.constantFrom(1021, 10_007, 65_536, 1_000_000)

async function shardsOf(archive: Uint8Array, piece: number): Promise<Shard[]> {
  const shards: Shard[] = []
  const stream = streamOf(archive, piece)
  for await (const shard of readArchive(stream, { newMd5: nodeMd5, files: FAKE_FILES })) {
    shards.push(shard)
  }
  return shards
}

describe('whatever happens to a file of CIFAR-10, its images are refused or are the official ones:', () => {
  test('a file of records', async () => {
    const [shard, file] = [FAKE_SHARDS[0]!, FAKE_FILES[0]!]
    await fc.assert(
      fc.asyncProperty(damages, pieceBytes, async (damage, piece) => {
        const damaged = damage(shard)
        const reading = readShard(streamOf(damaged, piece), file, nodeMd5)
        const error = await failureOf(reading)
        if (error === undefined) expect(Buffer.compare(await reading, shard)).toBe(0)
        else expect(error).toBeInstanceOf(DataError)
      }),
      { numRuns: 1000, seed: 1 },
    )
  })

  test('the archive', async () => {
    const archive = await fakeArchive()
    await fc.assert(
      fc.asyncProperty(damages, pieceBytes, async (damage, piece) => {
        const reading = shardsOf(damage(archive), piece)
        const error = await failureOf(reading)
        if (error !== undefined) {
          expect(error).toBeInstanceOf(DataError)
          return
        }
        for (const { number, bytes } of await reading) {
          expect(Buffer.compare(bytes, FAKE_SHARDS[number - 1]!)).toBe(0)
        }
      }),
      { numRuns: 300, seed: 2 },
    )
  })

  test('the archive with its tar damaged before it was packed', async () => {
    const tar = gunzipSync(await fakeArchive())
    await fc.assert(
      fc.asyncProperty(damages, pieceBytes, async (damage, piece) => {
        const reading = shardsOf(gzipSync(damage(tar), { level: 1 }), piece)
        const error = await failureOf(reading)
        if (error !== undefined) {
          expect(error).toBeInstanceOf(DataError)
          return
        }
        for (const { number, bytes } of await reading) {
          expect(Buffer.compare(bytes, FAKE_SHARDS[number - 1]!)).toBe(0)
        }
      }),
      { numRuns: 150, seed: 3 },
    )
  })
})
