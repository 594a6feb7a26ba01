import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { TRAINING_IMAGES } from '../run/config'
import { CLASS_COUNT, IMAGE_BYTES } from './images'
import { SHAPES } from './shapes'
import { Shapes10 } from './shapes10'

function picture(set: Shapes10, index: number): { label: number; pixels: Uint8Array } {
  const pixels = new Uint8Array(IMAGE_BYTES)
  return { label: set.read(index, pixels, 0), pixels }
}

test('the set has ten classes, each with a name of its own', () => {
  expect(new Set(new Shapes10().classNames).size).toBe(CLASS_COUNT)
})

test('a picture is the same whatever was read before', () => {
  const used = new Shapes10()
  for (const index of [3, 49_999, 0, 17]) picture(used, index)
  expect(picture(used, 17)).toEqual(picture(new Shapes10(), 17))
  expect(picture(used, 49_999)).toEqual(picture(new Shapes10(), TRAINING_IMAGES - 1))
})

test('the pictures are what they have always been', () => {
  const set = new Shapes10()
  const hash = createHash('sha256')
  for (let index = 0; index < 200; index++) {
    const { label, pixels } = picture(set, index)
    hash.update(Uint8Array.of(label)).update(pixels)
  }
  expect(hash.digest('hex')).toBe(
    '1d00d6a6679ed88a6f968a01a42ac75f25e3ac5998fb16c95db8c8a7529f71c3',
  )
})

test('every ten pictures in a row hold each class once', () => {
  const set = new Shapes10()
  for (const first of [0, 10, 49_990]) {
    const labels = Array.from({ length: 10 }, (_, i) => picture(set, first + i).label)
    expect(labels.sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  }
})

test('a picture is written where it is asked for and nowhere else', () => {
  const target = new Uint8Array(IMAGE_BYTES + 20).fill(7)
  new Shapes10().read(5, target, 10)
  expect([...target.subarray(0, 10), ...target.subarray(-10)]).toEqual(new Array(20).fill(7))
  expect(target.subarray(10, -10)).toEqual(picture(new Shapes10(), 5).pixels)
})

test.each(SHAPES)('$name: covers part of its circle and reaches to its edge', ({ distance }) => {
  const steps = 60
  let [inside, farthest] = [0, 0]
  for (let i = -steps; i <= steps; i++) {
    for (let j = -steps; j <= steps; j++) {
      const [x, y] = [(1.3 * i) / steps, (1.3 * j) / steps]
      if (distance(x, y) > 0) continue
      inside++
      farthest = Math.max(farthest, Math.hypot(x, y))
    }
  }
  const area = (inside * 1.3 ** 2) / steps ** 2
  expect(area).toBeGreaterThan(0.8)
  expect(area).toBeLessThan(2.4)
  expect(farthest).toBeGreaterThan(0.8)
  expect(farthest).toBeLessThan(1.2)
})
