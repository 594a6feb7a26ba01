import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FIRST_RUN } from '../run/presets'
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint, obstacles } from './checkpoint'
import { readWithMetadata, writeSafetensors } from './safetensors'

const tensor = (...values: number[]) => ({
  shape: [values.length],
  data: Float32Array.from(values),
})

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
  evaluations: [{ step: 2, loss: 2.25, accuracy: 0.2, images: 10 }],
}

test('what is written is read back whole', async () => {
  expect(await decodeCheckpoint(await encodeCheckpoint(checkpoint))).toEqual(checkpoint)
})

test('a newer format, and a file of tensors alone, are refused with the reason', async () => {
  const { tensors, metadata } = readWithMetadata(await encodeCheckpoint(checkpoint))
  const newer = writeSafetensors(tensors, { ...metadata, format: '2' })
  await expect(decodeCheckpoint(newer)).rejects.toThrow('its format is 2, this version reads 1')
  await expect(decodeCheckpoint(writeSafetensors(tensors))).rejects.toThrow('is no checkpoint')
})

test('every change of a byte is noticed', async () => {
  const file = await encodeCheckpoint(checkpoint)
  await fc.assert(
    fc.asyncProperty(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
      const damaged = file.slice()
      damaged[at] = damaged[at]! ^ by
      const read = await decodeCheckpoint(damaged).catch((error: Error) => error)
      // A change may fall on white space of the header; then everything must still be the same.
      if (!(read instanceof Error)) expect(read).toEqual(checkpoint)
    }),
    { numRuns: 2000, seed: 1 },
  )
})

test('a run may last longer than the checkpoint says, but not be another run', () => {
  const plans = [
    { name: 'fc.bias', shape: [3] },
    { name: 'bn1.running_mean', shape: [1] },
  ]
  const longer = { ...FIRST_RUN, train: { ...FIRST_RUN.train, steps: 9000 } }
  expect(obstacles(checkpoint, longer, plans)).toEqual([])
  expect(obstacles(checkpoint, { ...FIRST_RUN, seed: 2 }, plans)).toEqual([
    '"seed" is not what the checkpoint was trained with',
  ])
  expect(obstacles(checkpoint, FIRST_RUN, plans.slice(1))).toEqual([
    '"fc.bias" is not a tensor of this net',
  ])
})
