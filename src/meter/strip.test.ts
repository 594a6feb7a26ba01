import { expect, test } from 'vitest'
import { FIRST_RUN } from '../run/presets'
import { fakeReading } from '../worker/fake-meter'
import { colourAt } from './colours'
import { pixelsOf, stripOf } from './strip'

const run = { ...FIRST_RUN, model: { ...FIRST_RUN.model, order: 'full-preactivation' as const } }
const readings = [0, 100, 200].map((step) => fakeReading({ run, stepMs: 10 }, step))

test('a strip has a row a unit and a column a reading', () => {
  const strip = stripOf(readings, 'x')
  expect([strip.columns, strip.rows]).toEqual([3, 3])
  expect(strip.values[1 * 3 + 2]).toBe(readings[2]!.units[1]!.x)
  expect([strip.kind, strip.from]).toEqual(['linear', 0])
})

test('the largest value has the brightest colour, and what is not defined is clear', () => {
  const strip = stripOf(readings, 'fOverX')
  const pixels = pixelsOf(strip)
  const at = strip.values.indexOf(Math.max(...strip.values))
  expect([...pixels.slice(4 * at, 4 * at + 4)]).toEqual([254, 232, 56, 255])
  const none = pixelsOf(stripOf(readings, 'kept'))
  expect(none.every((value) => value === 0)).toBe(true)
})

test('lightness rises along the colours of a sequence, so that it is read in grey as well', () => {
  const light = Array.from({ length: 33 }, (_, i) => {
    const [red, green, blue] = colourAt('log', i / 32)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  })
  expect(light).toEqual(light.toSorted((a, b) => a - b))
})
