import { expect, test } from 'vitest'
import { add, batchNorm, biasSigmoid, conv2d, dense, softmaxCrossEntropy, zeroPadShortcut } from '.'
import { pack, type TensorType, tensorType, unpack } from './tensor'

const map = (...shape: number[]) => tensorType('nhwc', shape)
const filter = (...shape: number[]) => tensorType('rsck', shape)
const vector = (size: number) => tensorType('c', [size])

test('a convolution says which channels do not meet, and which filter does not fit', () => {
  const attributes = { stride: 1, padding: 0 }
  expect(() => conv2d.shape({ x: map(1, 8, 8, 3), w: filter(3, 3, 4, 8) }, attributes)).toThrow(
    'conv2d: input has 3 channels, weight expects 4',
  )
  expect(() => conv2d.shape({ x: map(1, 2, 2, 3), w: filter(3, 3, 3, 8) }, attributes)).toThrow(
    'conv2d: a 3×3 filter does not fit a 2×2 map (0 padding)',
  )
})

test('a stride-2 convolution halves height and width, rounded up', () => {
  const x = { x: map(4, 7, 32, 3), w: filter(3, 3, 3, 10) }
  expect(conv2d.shape(x, { stride: 2, padding: 1 }).shape).toEqual([4, 4, 16, 10])
})

test.each<[string, () => TensorType, string]>([
  [
    'add',
    () => add.shape({ a: map(1, 2, 2, 3), b: map(1, 2, 2, 4) }, {}),
    'add: a is [1,2,2,3], but b is [1,2,2,4]; they must be equal',
  ],
  [
    'batch norm',
    () =>
      batchNorm.shape(
        {
          ...{ x: map(1, 2, 2, 3), weight: vector(3), bias: vector(4) },
          ...{ runningMean: vector(3), runningVariance: vector(3) },
        },
        {},
      ),
    'batchNorm: input has 3 channels, bias has 4',
  ],
  [
    'dense',
    () =>
      dense.shape(
        { x: tensorType('nc', [2, 5]), w: tensorType('ck', [4, 3]), bias: tensorType('k', [3]) },
        {},
      ),
    'dense: input has 5 channels, weight expects 4',
  ],
  [
    'cross-entropy',
    () =>
      softmaxCrossEntropy.shape(
        { logits: tensorType('nk', [2, 10]), labels: tensorType('n', [3], 'u32') },
        {},
      ),
    'softmaxCrossEntropy: 2 images, but 3 labels',
  ],
  [
    'a gate',
    () => biasSigmoid.shape({ x: map(1, 1, 1, 3), bias: vector(2) }, {}),
    'biasSigmoid: input has 3 channels, bias has 2',
  ],
  [
    'projection A',
    () => zeroPadShortcut.shape({ x: map(1, 4, 4, 8) }, { stride: 2, channels: 4 }),
    'zeroPadShortcut: cannot pad 8 channels to 4, which are fewer',
  ],
])('%s names the sizes that do not fit', (_, make, message) => {
  expect(make).toThrow(message)
})

test('channels are padded with zeros to a multiple of four, and the pads dropped again', () => {
  const type = filter(1, 1, 2, 3)
  const memory = pack(type, [1, 2, 3, 4, 5, 6])
  expect([...memory]).toEqual([1, 2, 3, 0, 4, 5, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0])
  expect([...unpack(type, memory.buffer)]).toEqual([1, 2, 3, 4, 5, 6])
})
