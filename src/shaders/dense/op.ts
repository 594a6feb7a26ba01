import type { Launch } from '../../gpu/launch'
import { elementwise } from '../elementwise'
import { defineOp, type Variable } from '../op'
import { sumParts } from '../sum-parts'
import { quads, type TensorType, tensorType } from '../tensor'
import dataGradientCode from './data-gradient.wgsl?raw'
import forwardCode from './forward.wgsl?raw'
import weightGradientCode from './weight-gradient.wgsl?raw'

const forwardKernel = { label: 'dense forward', code: forwardCode }
const dataGradientKernel = { label: 'dense data gradient', code: dataGradientCode }
const weightGradientKernel = { label: 'dense weight gradient', code: weightGradientCode }

type Pair = readonly [number, number]

function geometry(x: TensorType, w: TensorType) {
  const [N, C] = x.shape as Pair
  const [, K] = w.shape as Pair
  return { n: N, c: C, c4: quads(C), k4: quads(K), flops: 2 * N * C * K }
}

/** y[n,k] = Σ_c x[n,c] · w[c,k] + bias[k]. */
export const dense = defineOp({
  name: 'dense',
  inputs: { x: 'nc', w: 'ck', bias: 'k' },
  differentiable: ['x', 'w', 'bias'],
  shape: ({ x, w, bias }) => {
    const [N, C] = x.shape as Pair
    const [rows, K] = w.shape as Pair
    if (C !== rows) throw new Error(`dense: input has ${C} channels, weight expects ${rows}`)
    if (bias.shape[0] !== K) {
      throw new Error(`dense: weight makes ${K} outputs, bias has ${bias.shape[0]}`)
    }
    return tensorType('nk', [N, K])
  },
  cpu: {
    forward: ({ x, w, bias }) => {
      const [N, C] = x.shape as Pair
      const [, K] = w.shape as Pair
      const y = new Float64Array(N * K)
      for (let n = 0; n < N; n++)
        for (let k = 0; k < K; k++) {
          let sum = bias.data[k]!
          for (let c = 0; c < C; c++) sum += x.data[n * C + c]! * w.data[c * K + k]!
          y[n * K + k] = sum
        }
      return { y }
    },
    backward: ({ x, w }, { dy }) => {
      const [N, C] = x.shape as Pair
      const [, K] = w.shape as Pair
      const grad = {
        x: new Float64Array(N * C),
        w: new Float64Array(C * K),
        bias: new Float64Array(K),
      }
      for (let n = 0; n < N; n++)
        for (let k = 0; k < K; k++) {
          const d = dy[n * K + k]!
          grad.bias[k]! += d
          for (let c = 0; c < C; c++) {
            grad.x[n * C + c]! += d * w.data[c * K + k]!
            grad.w[c * K + k]! += d * x.data[n * C + c]!
          }
        }
      return grad
    },
  },
  gpu: {
    forward: ({ in: { x, w, bias }, y }) => {
      const { c, c4, k4, flops } = geometry(x.type, w.type)
      return [{ ...elementwise(forwardKernel, [x, w, bias], [y], { c, c4, k4 }), flops }]
    },
    backward: ({ in: { x, w }, dy, grad }) => {
      const { n, c4, k4, flops } = geometry(x.type, w.type)
      const launches: Launch<Variable>[] = []
      if (grad.w) {
        const sizes = { n, c4, k4 }
        launches.push({ ...elementwise(weightGradientKernel, [x, dy], [grad.w], sizes), flops })
      }
      // The bias's gradient is the sum of dy over the images, an image a part.
      if (grad.bias) launches.push(sumParts(dy, grad.bias))
      if (grad.x) {
        const sizes = { c4, k4 }
        launches.push({ ...elementwise(dataGradientKernel, [dy, w], [grad.x], sizes), flops })
      }
      return launches
    },
  },
  cases: [
    { shapes: { x: [1, 1], w: [1, 1], bias: [1] }, attributes: {} },
    { shapes: { x: [3, 7], w: [7, 10], bias: [10] }, attributes: {} },
    { shapes: { x: [5, 64], w: [64, 3], bias: [3] }, attributes: {} },
  ],
})
