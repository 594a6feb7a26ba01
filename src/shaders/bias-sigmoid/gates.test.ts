import { expect, test } from 'vitest'
import { normals } from '../../random/seeded'
import { gate } from '../gate/op'
import { biasSigmoid } from './op'

const COUNT = 40_000
const STANDARD_ERRORS = 5

const x = { shape: [1, 100, 100, 4], data: Float64Array.from(normals([3, 4], COUNT, 1)) }
const sigmoid = (value: number) => 1 / (1 + Math.exp(-value))

/** Mean and variance of σ(z + bias) for a standard normal z, by the trapezoidal rule. */
function opening(bias: number) {
  const [step, reach] = [1e-3, 9]
  let [mean, square] = [0, 0]
  for (let z = -reach; z < reach; z += step) {
    const weight = (step * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI)
    mean += weight * sigmoid(z + bias)
    square += weight * sigmoid(z + bias) ** 2
  }
  return { mean, variance: square - mean ** 2 }
}

function gateAt(bias: number) {
  const biases = { shape: [4], data: new Float64Array(4).fill(bias) }
  return biasSigmoid.cpu.forward({ x, bias: biases }, {}, { seed: 0, step: 0 }).y
}

test.each([0, -1, -3, -6, -10])('a gate of bias %f opens as far as its mean says', (bias) => {
  const { mean, variance } = opening(bias)
  const found = gateAt(bias).reduce((sum, g) => sum + g, 0) / COUNT
  expect(Math.abs(found - mean)).toBeLessThan(STANDARD_ERRORS * Math.sqrt(variance / COUNT))
})

test.each([true, false])('a closed gate passes the shortcut on (exclusive: %s)', (exclusive) => {
  const of = (data: Float64Array) => ({ shape: x.shape, data })
  const f = Float64Array.from(normals([5, 6], COUNT, 1))
  const inputs = { h: x, f: of(f), g: of(gateAt(-100)) }
  const { y } = gate.cpu.forward(inputs, { exclusive }, { seed: 0, step: 0 })
  for (const [i, h] of x.data.entries()) expect(y[i]).toBeCloseTo(exclusive ? h : h + f[i]!, 12)
})
