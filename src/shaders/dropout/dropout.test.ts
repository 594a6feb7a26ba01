import { expect, test } from 'vitest'
import { normals } from '../../random/seeded'
import { dropout } from './op'

/** How far a mean may be from what it should be: one in ten million means is farther. */
const STANDARD_ERRORS = 5.5

const x = { shape: [2, 3, 3, 5], data: Float64Array.from(normals([1, 2], 90, 1)) }

function forward(rate: number, step: number, layer = 'layer1.0.dropout') {
  return dropout.cpu.forward({ x }, { rate, layer }, { seed: 7, step }).y
}

test.each([0.1, 0.5, 0.9])('at rate %f the mean over many steps is the input', (rate) => {
  const steps = 2000
  const mean = new Float64Array(x.data.length)
  for (let step = 0; step < steps; step++) {
    for (const [i, value] of forward(rate, step).entries()) mean[i]! += value / steps
  }
  for (const [i, value] of x.data.entries()) {
    // x · Bernoulli(1 − rate) / (1 − rate) has the variance x² · rate / (1 − rate).
    const error = Math.abs(value) * Math.sqrt(rate / (1 - rate) / steps)
    expect(Math.abs(mean[i]! - value)).toBeLessThan(STANDARD_ERRORS * error)
  }
})

test.each([0, 0.1, 0.5, 0.9])('at rate %f what is kept is divided by 1 − rate', (rate) => {
  let kept = 0
  const steps = 200
  for (let step = 0; step < steps; step++) {
    for (const [i, value] of forward(rate, step).entries()) {
      if (value === 0) continue
      kept++
      expect(value).toBeCloseTo(x.data[i]! / (1 - rate), 12)
    }
  }
  const draws = steps * x.data.length
  const error = Math.sqrt((rate * (1 - rate)) / draws)
  expect(Math.abs(kept / draws - (1 - rate))).toBeLessThanOrEqual(STANDARD_ERRORS * error)
})

test('forward and backward drop the same elements', () => {
  const attributes = { rate: 0.5, layer: 'layer1.0.dropout' }
  for (let step = 0; step < 50; step++) {
    const draws = { seed: 7, step }
    const { y } = dropout.cpu.forward({ x }, attributes, draws)
    const gradients = dropout.cpu.backward!({ x }, { y, dy: x.data, saved: {} }, attributes, draws)
    expect(gradients.x).toEqual(y)
  }
})

test('each step and each layer has draws of its own', () => {
  expect(forward(0.5, 3)).toEqual(forward(0.5, 3))
  expect(forward(0.5, 4)).not.toEqual(forward(0.5, 3))
  expect(forward(0.5, 3, 'layer1.1.dropout')).not.toEqual(forward(0.5, 3))
})
