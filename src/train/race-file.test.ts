import fc from 'fast-check'
import { unzipSync, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { damages } from '../../test/damage'
import { overlappingZip } from '../../test/overlapping-zip'
import { comparisonOf, laneRun, parseComparison } from '../run/comparison'
import { FIRST_RUN } from '../run/presets'
import type { Checkpoint } from './checkpoint'
import { InvalidCheckpoint } from './checkpoint'
import { endOf } from './lane-track'
import { trainableNetwork } from './network'
import type { RaceRecord } from './race'
import { decodeRace, encodeRace } from './race-file'
import { startOf } from './start'
import { compareTensors } from './start-check'

const MODEL = { ...FIRST_RUN.model, units: [1], widths: [2], stemWidth: 2 }
const COMPARISON = parseComparison({
  ...comparisonOf(FIRST_RUN),
  train: { ...FIRST_RUN.train, steps: 5, batchSize: 2 },
  lanes: [
    { name: 'a', model: MODEL },
    { name: 'b', model: { ...MODEL, shortcut: { kind: 'none' } } },
  ],
  seeds: 2,
})

/** A lane after the steps of these losses. */
function lane(place: number, seedIndex: number, losses: number[]): Checkpoint {
  const network = trainableNetwork(laneRun(COMPARISON, place, seedIndex))
  const figures = Float32Array.from(losses)
  return {
    ...startOf(network),
    ...{ step: losses.length, losses: figures, corrects: figures, seconds: figures },
  }
}

const withoutTensors = (checkpoint: Checkpoint): Checkpoint => {
  const { lossScale: _, ...rest } = checkpoint
  return { ...rest, tensors: new Map(), velocities: new Map() }
}

const start = { batches: ['a', 'a'], sharedTensors: 2, sharedValues: 9, unequal: ['fc.bias'] }
const record: RaceRecord = {
  comparison: COMPARISON,
  starts: [start, start],
  results: [
    [lane(0, 0, [2, 1, Number.NaN]), lane(1, 0, [2, 1, 1, 1])].map(withoutTensors),
    [lane(0, 1, [2, 1]), withoutTensors(lane(1, 1, [3, Number.POSITIVE_INFINITY]))],
  ],
}

test('what is written is read back whole', async () => {
  expect(await decodeRace(await encodeRace(record))).toEqual(record)
})

test('whatever happens to its bytes, a race is refused or is the same', async () => {
  const file = await encodeRace(record)
  await fc.assert(
    fc.asyncProperty(damages, async (damage) => {
      const read = await decodeRace(damage(file)).catch((error: Error) => error)
      if (read instanceof Error) expect(read).toBeInstanceOf(InvalidCheckpoint)
      else expect(read).toEqual(record)
    }),
    { numRuns: 500, seed: 1 },
  )
})

const [FIRST, SECOND] = [1, 2].map((n) => `seed-2/lane-${n}.checkpoint.safetensors`)

test.each([60, 1000, 0xffff_ffff])(
  'an archive that names the same bytes %i times is refused before they are copied',
  async (count) => {
    const zip = overlappingZip(FIRST!, count)
    const before = process.memoryUsage().arrayBuffers
    await expect(decodeRace(zip)).rejects.toThrow('it is no race, or it is damaged')
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * 2 ** 20)
  },
)

async function changed(change: (files: Record<string, Uint8Array>) => void): Promise<string> {
  const files = unzipSync(await encodeRace(record))
  change(files)
  const read = await decodeRace(zipSync(files, { level: 0 })).catch((error: Error) => error)
  expect(read).toBeInstanceOf(InvalidCheckpoint)
  return (read as Error).message
}

test('a race with a lane missing, or with that of another run, is refused with its file', async () => {
  expect(await changed((files) => delete files[SECOND!])).toBe(`its ${SECOND} is missing`)
  const swapped = await changed((files) => {
    files[SECOND!] = files[FIRST!]!
  })
  expect(swapped).toBe(`its ${SECOND}: "model" is not what the checkpoint was trained with`)
  expect(await changed((files) => delete files['race.json'])).toContain('it is no race')
})

test('an archive that is compressed is refused before it is unpacked', async () => {
  const bomb = zipSync({ 'race.json': new Uint8Array(5e6) }, { level: 9 })
  await expect(decodeRace(bomb)).rejects.toThrow('it is no race')
})

test('where a lane stands follows from its checkpoint', () => {
  const { evaluate: _, ...run } = laneRun(COMPARISON, 0, 0)
  const ended = (losses: number[], change: Partial<Checkpoint> = {}, until = COMPARISON.until) =>
    endOf({ ...lane(0, 0, losses), run, ...change }, until)
  expect(ended([2, 1])).toBeUndefined()
  expect(ended([2, 1, 1, 1, 1])).toEqual({ kind: 'finished', step: 5 })
  expect(ended([2, Number.NaN])).toMatchObject({ kind: 'diverged', step: 1 })
  // In f16 a lane may diverge by its gradients: then its loss is a number still.
  expect(ended([2, 1], { tensors: new Map() })).toMatchObject({ kind: 'diverged', step: 1 })
  const time = (seconds: number) => ended([2, 1], {}, { kind: 'time', seconds })
  expect(time(1)).toEqual({ kind: 'finished', step: 2 })
  expect(time(1.5)).toBeUndefined()
  // An evaluation that is due has not been made.
  const evaluated = { run: { ...run, evaluate: { every: 9, images: 1 } } }
  expect(ended([2, 1, 1, 1, 1], evaluated)).toBeUndefined()
})

test('tensors of one name and shape are compared bit by bit', () => {
  const tensor = (...values: number[]) => ({
    ...{ shape: [values.length], data: Float32Array.from(values) },
  })
  const nets = [
    new Map([
      ['a', tensor(1, 0)],
      ['b', tensor(1)],
      ['c', tensor(1, 2)],
    ] as const),
    new Map([
      ['a', tensor(1, -0)],
      ['b', tensor(1)],
      ['c', tensor(1)],
    ] as const),
    new Map([['b', tensor(1)]] as const),
  ].map((net) => new Map(net))
  expect(compareTensors(nets)).toEqual({ sharedTensors: 2, sharedValues: 3, unequal: ['a'] })
  const nan = (bits: number) =>
    new Map([['a', { shape: [1], data: new Float32Array(Uint32Array.of(bits).buffer) }]])
  expect(compareTensors([nan(0x7fc00000), nan(0x7fc00000)]).unequal).toEqual([])
  expect(compareTensors([nan(0x7fc00000), nan(0x7fc00001)]).unequal).toEqual(['a'])
})
