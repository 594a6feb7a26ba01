import fc from 'fast-check'
import { expect, test } from 'vitest'
import { damages } from '../../test/damage'
import { FIRST_RUN } from '../run/presets'
import {
  type Checkpoint,
  decodeCheckpoint,
  encodeCheckpoint,
  InvalidCheckpoint,
  obstacles,
} from './checkpoint'
import { digest, fingerprint } from './fingerprint'
import { readWithMetadata, writeSafetensors } from './safetensors'
import type { NamedTensors } from './trainer'

const tensor = (...values: number[]) => ({
  shape: [values.length],
  data: Float32Array.from(values),
})

const HALF_RUN = { ...FIRST_RUN, train: { ...FIRST_RUN.train, precision: 'f16' as const } }

const checkpoint: Checkpoint = {
  run: FIRST_RUN,
  step: 3,
  tensors: new Map([
    ['fc.bias', tensor(1, -0, 3)],
    ['bn1.running_mean', tensor(0.5)],
  ]),
  velocities: new Map([['fc.bias', tensor(0.1, 0.2, 0.3)]]),
  losses: Float32Array.of(2.3, 2.2, 2.1),
  corrects: Float32Array.of(1, 2, 3),
  seconds: Float32Array.of(0.1, 0.2, 0.3),
  evaluations: [{ step: 2, loss: 2.25, accuracy: 0.2, images: 10 }],
  kernels: {
    adapter: 'some GPU',
    table: {
      'f32 8×32×32×16 3×3×16×16 /1 +1': {
        ...{ forward: 'tiled', dataGradient: 'direct' },
        ...{ filterGradientThreads: 8192, filterGradientQuads: 1 },
      },
    },
  },
}

test('what is written is read back whole', async () => {
  expect(await decodeCheckpoint(await encodeCheckpoint(checkpoint))).toEqual(checkpoint)
  const half = { ...checkpoint, run: HALF_RUN, lossScale: { exponent: 15, good: 12 } }
  expect(await decodeCheckpoint(await encodeCheckpoint(half))).toEqual(half)
})

test('changes of settings are kept in a format that older versions refuse', async () => {
  const adjustments = [
    { step: 1, learningRate: 0.01 },
    { step: 2, momentum: 0, weightDecay: 0.1 },
  ]
  const file = await encodeCheckpoint({ ...checkpoint, adjustments })
  expect(readWithMetadata(file).metadata.format).toBe('2')
  expect(await decodeCheckpoint(file)).toEqual({ ...checkpoint, adjustments })
  expect(readWithMetadata(await encodeCheckpoint(checkpoint)).metadata.format).toBe('1')
  const backwards = await encodeCheckpoint({ ...checkpoint, adjustments: adjustments.toReversed() })
  await expect(decodeCheckpoint(backwards)).rejects.toThrow('rising order')
})

test('a newer format, and a file of tensors alone, are refused with the reason', async () => {
  const { tensors, metadata } = readWithMetadata(await encodeCheckpoint(checkpoint))
  const newer = writeSafetensors(tensors, { ...metadata, format: '3' })
  await expect(decodeCheckpoint(newer)).rejects.toThrow(
    'its format is 3, this version reads 1 and 2',
  )
  await expect(decodeCheckpoint(writeSafetensors(tensors))).rejects.toThrow('is no checkpoint')
})

/** A checkpoint's file with something changed, and a checksum that is right again. */
async function forged(
  change: (tensors: NamedTensors, texts: Record<string, string>) => void,
): Promise<Uint8Array> {
  const { tensors, metadata } = readWithMetadata(await encodeCheckpoint(checkpoint))
  const { checksum: _, ...texts } = metadata as Record<string, string>
  change(tensors, texts)
  const checksum = await digest(JSON.stringify(texts), tensors)
  return writeSafetensors(tensors, { ...texts, checksum })
}

const evaluation = { step: 2, loss: 1, accuracy: 0.5, images: 10 }

test.each<[string, string, Parameters<typeof forged>[0]]>([
  ['no losses', 'its tensor "metrics.loss" is missing', (t) => t.delete('metrics.loss')],
  ['no times', 'its tensor "metrics.seconds" is missing', (t) => t.delete('metrics.seconds')],
  [
    'the figures of two steps for three',
    'its tensor "metrics.correct" is [2], 3 steps need [3]',
    (t) => t.set('metrics.correct', tensor(1, 2)),
  ],
  ['no step', 'its text "step" is missing', (_, texts) => delete texts.step],
  [
    'a step that is no integer',
    'its step: expected a whole number, got "1.5"',
    (_, texts) => Object.assign(texts, { step: '1.5' }),
  ],
  ['no run', 'its text "run" is missing', (_, texts) => delete texts.run],
  ['a run that is no JSON', 'is no JSON', (_, texts) => Object.assign(texts, { run: '{' })],
  [
    'a run that this version does not know',
    'its text "run": seed: expected an integer from 0 to 4294967295, got -1',
    (_, texts) => Object.assign(texts, { run: JSON.stringify({ ...FIRST_RUN, seed: -1 }) }),
  ],
  [
    'a run in f16 and no loss scale',
    'its text "lossScale" is missing',
    (_, texts) => Object.assign(texts, { run: JSON.stringify(HALF_RUN) }),
  ],
  ['no evaluations', '"evaluations" is missing', (_, texts) => delete texts.evaluations],
  [
    'evaluations that are no list',
    'its text "evaluations": expected a list, got {}',
    (_, texts) => Object.assign(texts, { evaluations: '{}' }),
  ],
  [
    'an evaluation with an impossible accuracy',
    'its text "evaluations": [0].accuracy: expected a number from 0 to 1, got 2',
    (_, texts) =>
      Object.assign(texts, { evaluations: JSON.stringify([{ ...evaluation, accuracy: 2 }]) }),
  ],
  [
    'an evaluation of a step that was not made',
    'it tells of step 4, but has made 3 steps',
    (_, texts) =>
      Object.assign(texts, { evaluations: JSON.stringify([{ ...evaluation, step: 4 }]) }),
  ],
  [
    'a hundred thousand faults',
    '; and 19 more',
    (_, texts) => Object.assign(texts, { evaluations: `[${Array(100_000).fill(1).join()}]` }),
  ],
])('a checkpoint with %s is refused with the reason', async (_, reason, change) => {
  const refusal = await decodeCheckpoint(await forged(change)).catch((error: Error) => error)
  expect(refusal).toBeInstanceOf(InvalidCheckpoint)
  expect((refusal as Error).message).toContain(reason)
})

test('an evaluation whose loss is no number any more is read back as that', async () => {
  const evaluations = [{ ...evaluation, loss: Number.NaN }]
  const file = await encodeCheckpoint({ ...checkpoint, evaluations })
  expect((await decodeCheckpoint(file)).evaluations).toEqual(evaluations)
})

test('the hash of weights tells values, names, shapes and order apart', async () => {
  const a = { shape: [2], data: Float32Array.of(0, 1) }
  const nets: NamedTensors[] = [
    new Map([['a', a]]),
    new Map([['b', a]]),
    new Map([['a', { ...a, shape: [1, 2] }]]),
    new Map([['a', { ...a, data: Float32Array.of(-0, 1) }]]),
    new Map([
      ['a', a],
      ['b', a],
    ]),
    new Map([
      ['b', a],
      ['a', a],
    ]),
  ]
  const hashes = await Promise.all(nets.map(fingerprint))
  expect(new Set(hashes).size).toBe(nets.length)
  expect(hashes[0]).toMatch(/^[0-9a-f]{64}$/)
  expect(await fingerprint(new Map([['a', { shape: [2], data: a.data.slice() }]]))).toBe(hashes[0])
})

test('whatever happens to its bytes, a checkpoint is refused or is the same', async () => {
  const file = await encodeCheckpoint(checkpoint)
  await fc.assert(
    fc.asyncProperty(damages, async (damage) => {
      const read = await decodeCheckpoint(damage(file)).catch((error: Error) => error)
      // Damage may fall on white space of the header; then everything must still be the same.
      if (!(read instanceof Error)) expect(read).toEqual(checkpoint)
      else expect(['InvalidCheckpoint', 'NoCheckpoint', 'InvalidSafetensors']).toContain(read.name)
    }),
    { numRuns: 3000, seed: 1 },
  )
})

test('a run may last longer than the checkpoint says, but not be another run', () => {
  const plans = [
    { name: 'fc.bias', shape: [3], trained: true },
    { name: 'bn1.running_mean', shape: [1], trained: false },
  ]
  const longer = { ...FIRST_RUN, train: { ...FIRST_RUN.train, steps: 9000 } }
  expect(obstacles(checkpoint, longer, plans)).toEqual([])
  expect(obstacles(checkpoint, { ...FIRST_RUN, seed: 2 }, plans)).toEqual([
    '"seed" is not what the checkpoint was trained with',
  ])
  expect(obstacles(checkpoint, FIRST_RUN, plans.slice(1))).toEqual([
    '"fc.bias" is not a tensor of this net',
    'velocity: "fc.bias" is not a tensor of this net',
  ])
})
