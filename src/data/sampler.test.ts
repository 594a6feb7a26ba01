import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DataConfig, TrainConfig } from '../run/config'
import { IMAGE_BYTES, type ImageSource } from './images'
import { type Batch, NO_LABEL, Sampler } from './sampler'

/** Image i has label i and pixels of i mod 251. */
const numbered: ImageSource = {
  classNames: [],
  read(index, target, offset) {
    target.fill(index % 251, offset, offset + IMAGE_BYTES)
    return index
  },
}

interface Choices extends Partial<DataConfig> {
  seed?: number
  batchSize?: number
}

function sampler({ seed = 1, batchSize = 4, ...choices }: Choices = {}): Sampler {
  const data: DataConfig = {
    name: 'shapes10',
    train: 20,
    validation: 5,
    order: 'shuffled',
    augment: 'crop-flip',
    ...choices,
  }
  const train: TrainConfig = {
    steps: 1,
    batchSize,
    learningRate: { kind: 'constant', rate: 0.1 },
    momentum: 0,
    nesterov: false,
    weightDecay: 0,
    precision: 'f32',
  }
  return new Sampler(numbered, { seed, data, train })
}

const copy = ({ pixels, labels, crops }: Batch) => ({
  pixels: [...pixels],
  labels: [...labels],
  crops: [...crops],
})

/** Labels of the first `count` images of the stream, step after step. */
function stream(from: Sampler, count: number): number[] {
  const labels: number[] = []
  for (let step = 0; labels.length < count; step++) labels.push(...from.training(step).labels)
  return labels.slice(0, count)
}

const anySeed = fc.integer({ min: 0, max: 0xffff_ffff })

test('every epoch visits every training image exactly once', () => {
  const sizes = fc.integer({ min: 1, max: 40 })
  fc.assert(
    fc.property(anySeed, sizes, sizes, (seed, train, batchSize) => {
      const labels = stream(sampler({ seed, train, batchSize }), 3 * train)
      const all = Array.from({ length: train }, (_, i) => i)
      for (let epoch = 0; epoch < 3; epoch++) {
        const visited = labels.slice(epoch * train, (epoch + 1) * train)
        expect(visited.sort((a, b) => a - b)).toEqual(all)
      }
    }),
    { numRuns: 30 },
  )
})

test('epochs differ in their order', () => {
  const labels = stream(sampler(), 40)
  expect(labels.slice(0, 20)).not.toEqual(labels.slice(20))
})

test('a step is the same whatever was asked for before', () => {
  fc.assert(
    fc.property(anySeed, fc.array(fc.nat(1000), { minLength: 1, maxLength: 5 }), (seed, steps) => {
      const travelled = sampler({ seed })
      for (const step of steps) travelled.training(step)
      const last = steps.at(-1)!
      expect(copy(travelled.training(last))).toEqual(copy(sampler({ seed }).training(last)))
    }),
    { numRuns: 20 },
  )
})

test('an evaluation in between changes nothing', () => {
  const disturbed = sampler()
  disturbed.training(0)
  disturbed.evaluation(30, 3)
  expect(copy(disturbed.training(1))).toEqual(copy(sampler().training(1)))
})

test('another seed gives other images and other crops', () => {
  const [one, two] = [
    copy(sampler({ seed: 1 }).training(0)),
    copy(sampler({ seed: 2 }).training(0)),
  ]
  expect(one.labels).not.toEqual(two.labels)
  expect(one.crops).not.toEqual(two.crops)
})

test('the first batch of seed 1 is the one computed apart from this code', () => {
  const { labels, crops } = copy(sampler().training(0))
  expect(labels).toEqual([18, 7, 10, 19])
  expect(crops).toEqual([2, -1, 0, -3, 2, 1, 1, -3, 0, 1, -1, 1])
})

test('sequential order takes image s · batch + i, wrapping', () => {
  const inOrder = sampler({ order: 'sequential', train: 6 })
  expect([...inOrder.training(0).labels]).toEqual([0, 1, 2, 3])
  expect([...inOrder.training(1).labels]).toEqual([4, 5, 0, 1])
})

test('a batch holds the pixels of its labels', () => {
  const { pixels, labels } = sampler().training(2)
  labels.forEach((label, i) => {
    expect(pixels[i * IMAGE_BYTES]).toBe(label)
    expect(pixels[(i + 1) * IMAGE_BYTES - 1]).toBe(label)
  })
})

test('without augmentation no image is moved', () => {
  expect(
    sampler({ augment: 'none' })
      .training(5)
      .crops.every((value) => value === 0),
  ).toBe(true)
})

test('crops reach from −4 to 4 both ways and flips are fair', () => {
  const [batchSize, bins] = [4096, 9]
  const { crops } = sampler({ batchSize }).training(3)
  const [dy, dx] = [new Array<number>(bins).fill(0), new Array<number>(bins).fill(0)]
  let flips = 0
  for (let i = 0; i < batchSize; i++) {
    dy[crops[3 * i]! + 4]!++
    dx[crops[3 * i + 1]! + 4]!++
    flips += crops[3 * i + 2]!
  }
  const expected = batchSize / bins
  for (const count of [...dy, ...dx]) {
    expect(Math.abs(count - expected)).toBeLessThan(4 * Math.sqrt(expected))
  }
  expect(Math.abs(flips - batchSize / 2)).toBeLessThan(2 * Math.sqrt(batchSize))
})

test('crops do not repeat where the position passes 2³²', () => {
  const far = sampler({ batchSize: 64, order: 'sequential' })
  const first = [...far.training(0).crops]
  expect([...far.training(2 ** 32 / 64).crops]).not.toEqual(first)
})

test('an evaluation takes images as they are and marks the places left over', () => {
  const { pixels, labels, crops } = sampler().evaluation(45, 3)
  expect([...labels]).toEqual([45, 46, 47, NO_LABEL])
  expect(pixels[2 * IMAGE_BYTES]).toBe(47)
  expect(pixels.subarray(3 * IMAGE_BYTES).every((byte) => byte === 0)).toBe(true)
  expect(crops.every((value) => value === 0)).toBe(true)
})
