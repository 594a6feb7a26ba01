import { elementwise } from '../elementwise'
import { defineOp } from '../op'
import { quads } from '../tensor'
import normaliseRunningCode from './normalise-running.wgsl?raw'
import { checkChannels, sample } from './op'
import { EPSILON, inverseDeviation, normalise } from './reference'

const kernel = { label: 'batch norm with running estimates', code: normaliseRunningCode }

const vectors = (C: number) => ({ weight: [C], bias: [C], runningMean: [C], runningVariance: [C] })

/** Batch norm with the running estimates (evaluation). */
export const batchNormInference = defineOp({
  name: 'batchNormInference',
  inputs: { x: 'nhwc', weight: 'c', bias: 'c', runningMean: 'c', runningVariance: 'c' },
  differentiable: [],
  shape: (inputs) => checkChannels('batchNormInference', inputs),
  cpu: {
    forward: ({ x, weight, bias, runningMean, runningVariance }) => {
      const inverse = inverseDeviation(runningVariance.data)
      return { y: normalise(x, runningMean.data, inverse, weight, bias) }
    },
  },
  gpu: {
    forward: ({ in: { x, weight, bias, runningMean, runningVariance }, y }) => [
      elementwise(
        kernel,
        [x, weight, bias, runningMean, runningVariance],
        [y],
        {
          c4: quads(x.type.shape.at(-1)!),
        },
        { EPSILON },
      ),
    ],
  },
  cases: [
    { shapes: { x: [1, 1, 1, 1], ...vectors(1) }, attributes: {} },
    { shapes: { x: [2, 5, 7, 10], ...vectors(10) }, attributes: {} },
  ],
  sample,
})
