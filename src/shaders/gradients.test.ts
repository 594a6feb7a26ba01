import { describe, expect, test } from 'vitest'
import { normals } from '../random/seeded'
import * as ops from './index'
import type { AnyOp, HostTensor } from './op'
import { caseInputs, TEST_DRAWS } from './self-test'

const STEP = 1e-4

/** Σ weights · y: a scalar whose gradient with respect to the output is `weights`. */
function scalar(
  op: AnyOp,
  inputs: Record<string, HostTensor>,
  attributes: unknown,
  weights: Float64Array,
) {
  const { y } = op.cpu.forward(inputs, attributes, TEST_DRAWS)
  return y.reduce((sum: number, value: number, i: number) => sum + value * weights[i]!, 0)
}

/** At most so many elements of an input are nudged, spread over all of it. */
const PROBES = 40

describe.each(Object.values(ops) as AnyOp[])('$name', (op) => {
  test.each(op.cases)('has the gradient of central differences for $shapes $attributes', (one) => {
    const { values } = caseInputs(op, one)
    const { y, saved } = op.cpu.forward(values, one.attributes, TEST_DRAWS)
    const dy = Float64Array.from(normals([7, 7], y.length, 1))
    const gradients =
      op.cpu.backward?.(values, { y, dy, saved: saved ?? {} }, one.attributes, TEST_DRAWS) ?? {}
    expect(Object.keys(gradients).sort()).toEqual([...op.differentiable].sort())
    for (const name of op.differentiable) {
      const { data } = values[name]!
      const stride = Math.max(1, Math.floor(data.length / PROBES))
      for (let i = 0; i < data.length; i += stride) {
        const nudged = (by: number) => {
          const moved = data.slice()
          moved[i]! += by
          const inputs = { ...values, [name]: { ...values[name]!, data: moved } }
          return scalar(op, inputs, one.attributes, dy)
        }
        const numeric = (nudged(STEP) - nudged(-STEP)) / (2 * STEP)
        const analytic = gradients[name]![i]!
        const scale = Math.max(1, Math.abs(numeric))
        expect(Math.abs(analytic - numeric) / scale, `${name}[${i}]`).toBeLessThan(1e-6)
      }
    }
  })
})
