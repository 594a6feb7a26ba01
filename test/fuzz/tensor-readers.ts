import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { unzipSync, zipSync } from 'fflate'
import { comparisonOf, laneRun, parseComparison } from '../../src/run/comparison'
import { parseRun } from '../../src/run/config'
import { FIRST_RUN } from '../../src/run/presets'
import { elements } from '../../src/shaders/tensor'
import {
  type Checkpoint,
  decodeCheckpoint,
  encodeCheckpoint,
  InvalidCheckpoint,
} from '../../src/train/checkpoint'
import { digest, sha256 } from '../../src/train/fingerprint'
import { trainableNetwork } from '../../src/train/network'
import type { RaceRecord } from '../../src/train/race'
import { decodeRace, encodeRace } from '../../src/train/race-file'
import {
  InvalidSafetensors,
  readSafetensors,
  readWithMetadata,
  writeSafetensors,
} from '../../src/train/safetensors'
import { startOf } from '../../src/train/start'
import { openRun, Refusal } from '../../src/worker/opening'
import { severalDamages } from '../damage'
import { damagedJson } from '../json-damage'
import { overlappingZip } from '../overlapping-zip'
import { type Input, must, type Reader, type Verdict } from './reader'

const equal = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0

const MODEL = { ...FIRST_RUN.model, units: [1], widths: [2], stemWidth: 2 }
const RUN = parseRun({
  ...FIRST_RUN,
  model: MODEL,
  train: { ...FIRST_RUN.train, steps: 5, batchSize: 2, precision: 'f16' },
})
const network = trainableNetwork(RUN)
const checkpoint: Checkpoint = {
  ...startOf(network),
  step: 3,
  losses: Float32Array.of(2.3, 2.2, 2.1),
  corrects: Float32Array.of(1, 2, 0),
  seconds: Float32Array.of(0.1, 0.2, 0.3),
  evaluations: [{ step: 2, loss: 2.25, accuracy: 0.2, images: 10 }],
  adjustments: [{ step: 1, momentum: 0.5, learningRate: 0.1 }],
  kernels: { adapter: 'a GPU', table: network.choices },
}
const checkpointFile = await encodeCheckpoint(checkpoint)
const { tensors, metadata } = readWithMetadata(checkpointFile)
const weightsFile = writeSafetensors(checkpoint.tensors)

/** A safetensors file with another header in front of its tensors, its length right. */
function withHeader(
  file: Uint8Array,
  damage: (header: unknown) => string,
): Uint8Array<ArrayBuffer> {
  const length = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true))
  const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length)))
  const text = new TextEncoder().encode(damage(header))
  const head = new Uint8Array(8)
  new DataView(head.buffer).setBigUint64(0, BigInt(text.length), true)
  return Uint8Array.from(Buffer.concat([head, text, file.subarray(8 + length)]))
}

const headerOf = (file: Uint8Array) => {
  const length = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true))
  return JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length)))
}

const otherHeader = (file: Uint8Array<ArrayBuffer>) =>
  damagedJson(headerOf(file)).map((text) => withHeader(file, () => text))

/** A checkpoint with one of its texts changed, and a checksum that is right again. */
const forgedCheckpoint = fc
  .constantFrom('step', 'run', 'evaluations', 'adjustments', 'kernels', 'lossScale', 'format')
  .chain((key) => damagedJson(JSON.parse(metadata[key]!)).map((text) => ({ key, text })))
  .map(async ({ key, text }) => {
    const { checksum: _, ...texts } = { ...metadata, [key]: text }
    return writeSafetensors(tensors, {
      ...texts,
      checksum: await digest(JSON.stringify(texts), tensors),
    })
  })

/** What has been read is right where it can be written and read again as the same. */
async function checkCheckpoint(input: Input): Promise<Verdict> {
  if (equal(input as Uint8Array, checkpointFile)) return 'same'
  const { start, weightsOnly } = await openRun(input as Uint8Array, RUN)
  must(start.step <= 999_999_999 && start.losses.length === start.step, 'figures of other steps')
  must(
    weightsOnly || start.evaluations.every(({ step }) => step <= start.step),
    'a late evaluation',
  )
  must(
    (start.adjustments ?? []).every(({ step }) => step <= start.step),
    'a late change',
  )
  parseRun(start.run)
  const again = await decodeCheckpoint(await encodeCheckpoint(start))
  must(
    equal(await encodeCheckpoint(again), await encodeCheckpoint(start)),
    'a checkpoint that changes when written',
  )
  return 'other'
}

const COMPARISON = parseComparison({
  ...comparisonOf({ ...RUN, train: { ...RUN.train, precision: 'f32' } }),
  lanes: [
    { name: 'a', model: MODEL },
    { name: 'b', model: { ...MODEL, shortcut: { kind: 'none' } } },
  ],
})
const lanes = [0, 1].map((lane) => startOf(trainableNetwork(laneRun(COMPARISON, lane, 0))))
const record: RaceRecord = {
  comparison: COMPARISON,
  starts: [{ batches: ['a', 'a'], sharedTensors: 2, sharedValues: 9, unequal: ['fc.bias'] }],
  results: [lanes],
}
const raceFile = await encodeRace(record)
const raceParts = unzipSync(raceFile)
const raceContent = JSON.parse(JSON.parse(new TextDecoder().decode(raceParts['race.json'])).text)

/** A race whose head is changed, its checksum right again. */
const forgedRace = damagedJson(raceContent).map(async (text) => {
  const checksum = await sha256([new TextEncoder().encode(text)])
  const head = new TextEncoder().encode(JSON.stringify({ text, checksum }))
  return Uint8Array.from(zipSync({ ...raceParts, 'race.json': head }, { level: 0 }))
})

const overlapping = fc
  .constantFrom(60, 1000, 0xffff_ffff)
  .map((count) => overlappingZip('seed-1/lane-1.checkpoint.safetensors', count))

async function checkRace(input: Input): Promise<Verdict> {
  const read = await decodeRace(input as Uint8Array)
  const again = await decodeRace(await encodeRace(read))
  const parts = await Promise.all([again, read].map(encodeRace))
  must(
    isDeepStrictEqual(...(parts.map((file) => unzipSync(file)) as [object, object])),
    'a race that changes when written',
  )
  return isDeepStrictEqual(read, record) ? 'same' : 'other'
}

export const tensorReaders: readonly Reader[] = [
  {
    ...{ name: 'weights (.safetensors)', weight: 10, refusals: [InvalidSafetensors] },
    inputs: fc.oneof(
      severalDamages.map((damage) => damage(weightsFile)),
      otherHeader(weightsFile),
    ),
    read(input) {
      const read = readSafetensors(input as Uint8Array)
      let bytes = 0
      for (const [name, { shape, data }] of read) {
        must(elements(shape) === data.length, `"${name}" of another shape than its values`)
        bytes += data.byteLength
      }
      must(bytes <= input.length, 'more values than the file has bytes')
      return equal(input as Uint8Array, weightsFile) ? 'same' : 'other'
    },
  },
  {
    ...{
      name: 'checkpoint',
      weight: 6,
      refusals: [InvalidSafetensors, InvalidCheckpoint, Refusal],
    },
    inputs: fc.oneof(
      { weight: 1, arbitrary: severalDamages.map((damage) => damage(checkpointFile)) },
      { weight: 1, arbitrary: otherHeader(checkpointFile) },
      { weight: 2, arbitrary: forgedCheckpoint },
    ),
    read: checkCheckpoint,
  },
  {
    ...{ name: 'race (.zip)', weight: 4, refusals: [InvalidCheckpoint] },
    inputs: fc.oneof(
      { weight: 20, arbitrary: severalDamages.map((damage) => damage(raceFile)) },
      { weight: 20, arbitrary: forgedRace },
      { weight: 1, arbitrary: overlapping },
    ),
    read: checkRace,
  },
]
