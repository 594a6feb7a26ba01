import { unzipSync, zipSync } from 'fflate'
import * as v from 'valibot'
import { InvalidConfig, integer, parseWith } from '../models/validation'
import { laneRun, MAX_LANES, MAX_SEEDS, parseComparison } from '../run/comparison'
import {
  type Checkpoint,
  decodeCheckpoint,
  encodeCheckpoint,
  foreignSettings,
  InvalidCheckpoint,
  obstacles,
} from './checkpoint'
import { sha256 } from './fingerprint'
import { trainableNetwork } from './network'
import type { RaceRecord } from './race'

const HEAD = 'race.json'
const KIND = 'residual-playground race'
const FORMAT = 1

const count = integer(0, Number.MAX_SAFE_INTEGER)
const startsSchema = v.array(
  v.strictObject({
    batches: v.array(v.string()),
    sharedTensors: count,
    sharedValues: count,
    unequal: v.array(v.string()),
  }),
)
const headSchema = v.strictObject({ text: v.string(), checksum: v.string() })
const contentSchema = v.strictObject({
  kind: v.literal(KIND, 'is not that of a race'),
  format: v.literal(FORMAT, ({ received }) => `is ${received}, this version reads ${FORMAT}`),
  key: v.exactOptional(v.string()),
  comparison: v.unknown(),
  seedsBegun: integer(0, MAX_SEEDS),
  starts: startsSchema,
})

const checkpointName = (seedIndex: number, lane: number) =>
  `seed-${seedIndex + 1}/lane-${lane + 1}.checkpoint.safetensors`

const checksum = (text: string) => sha256([new TextEncoder().encode(text)])

/** A race as a zip archive: the comparison as JSON, and a checkpoint of each lane with each seed. */
export async function encodeRace(record: RaceRecord): Promise<Uint8Array<ArrayBuffer>> {
  const { key, comparison, starts, results } = record
  const text = JSON.stringify({
    ...{ kind: KIND, format: FORMAT, key, comparison },
    ...{ seedsBegun: results.length, starts },
  })
  const head = JSON.stringify({ text, checksum: await checksum(text) })
  const files: Record<string, Uint8Array> = { [HEAD]: new TextEncoder().encode(head) }
  for (const [seedIndex, lanes] of results.entries()) {
    for (const [lane, checkpoint] of lanes.entries()) {
      files[checkpointName(seedIndex, lane)] = await encodeCheckpoint(checkpoint)
    }
  }
  // Weights do not get smaller.
  return zipSync(files, { level: 0 })
}

/**
 * Reads a race whole, or throws `InvalidCheckpoint` with the reason: no race, damaged, of a newer
 * format, or a lane's checkpoint that is not one of the comparison's run.
 */
export async function decodeRace(bytes: Uint8Array): Promise<RaceRecord> {
  const files = unzip(bytes)
  const { key, comparison, seedsBegun, starts } = await readHead(files[HEAD])
  const results: Checkpoint[][] = []
  for (let seedIndex = 0; seedIndex < seedsBegun; seedIndex++) {
    const lanes: Checkpoint[] = []
    for (const lane of comparison.lanes.keys()) {
      const name = checkpointName(seedIndex, lane)
      const checkpoint = await readLane(name, files[name])
      const run = laneRun(comparison, lane, seedIndex)
      const problems =
        checkpoint.step > 0 && checkpoint.tensors.size === 0
          ? foreignSettings(checkpoint, run)
          : obstacles(checkpoint, run, trainableNetwork(run).parameters.plans)
      if (problems.length > 0) throw new InvalidCheckpoint(`its ${name}: ${problems[0]}`)
      lanes.push(checkpoint)
    }
    results.push(lanes)
  }
  return { ...(key === undefined ? {} : { key }), comparison, starts, results }
}

/** More files than these no race has. */
const MOST_FILES = 1 + MAX_LANES * MAX_SEEDS

function unzip(bytes: Uint8Array): Record<string, Uint8Array> {
  let [files, size] = [0, 0]
  try {
    return unzipSync(bytes, {
      // A directory may name the same bytes again and again: all that is unpacked is in the archive.
      filter(file) {
        files++
        size += file.size
        if (files > MOST_FILES || size > bytes.length) throw new RangeError(file.name)
        return file.compression === 0
      },
    })
  } catch {
    throw new InvalidCheckpoint('it is no race, or it is damaged')
  }
}

async function readHead(bytes: Uint8Array | undefined) {
  if (!bytes) throw new InvalidCheckpoint('it is no race, or it is damaged')
  try {
    const { text, checksum: claimed } = parseWith(headSchema, json(bytes))
    if ((await checksum(text)) !== claimed) throw new SyntaxError('the checksum does not match')
    const content = parseWith(contentSchema, JSON.parse(text))
    return { ...content, comparison: parseComparison(content.comparison) }
  } catch (error) {
    if (error instanceof InvalidConfig)
      throw new InvalidCheckpoint(`its ${HEAD}: ${error.problems[0]}`)
    if (error instanceof SyntaxError) throw new InvalidCheckpoint(`its ${HEAD} is damaged`)
    throw error
  }
}

function json(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(bytes))
}

async function readLane(name: string, bytes: Uint8Array | undefined): Promise<Checkpoint> {
  if (!bytes) throw new InvalidCheckpoint(`its ${name} is missing`)
  try {
    // Safetensors want their numbers aligned, which parts of an archive are not.
    return await decodeCheckpoint(bytes.slice())
  } catch (error) {
    throw new InvalidCheckpoint(`its ${name}: ${(error as Error).message}`)
  }
}
