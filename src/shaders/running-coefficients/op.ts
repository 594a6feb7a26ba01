import { groups, type Launch } from '../../gpu/launch'
import { coefficientsType, packCoefficients } from '../batch-norm/coefficients'
import { sample } from '../batch-norm/op'
import { EPSILON, inverseDeviation } from '../batch-norm/reference'
import { defineOp, type Variable } from '../op'
import { elements, quads } from '../tensor'
import forwardCode from './forward.wgsl?raw'

const kernel = { label: 'batch norm running coefficients', code: forwardCode }
const GROUP = 64

const vectors = (C: number) => ({
  shapes: { weight: [C], bias: [C], runningMean: [C], runningVariance: [C] },
  attributes: {},
})

/** The coefficients of a batch norm by its running estimates (evaluation). */
export const runningCoefficients = defineOp<'weight' | 'bias' | 'runningMean' | 'runningVariance'>({
  name: 'runningCoefficients',
  inputs: { weight: 'c', bias: 'c', runningMean: 'c', runningVariance: 'c' },
  differentiable: [],
  shape: ({ weight }) => coefficientsType(weight.shape[0]!),
  cpu: {
    forward: ({ weight, bias, runningMean, runningVariance }) => {
      const inverse = inverseDeviation(runningVariance.data)
      return { y: packCoefficients({ mean: runningMean.data, inverse }, weight, bias) }
    },
  },
  gpu: {
    forward: ({ in: { weight, bias, runningMean, runningVariance }, y }) => {
      const capacity = elements(y.type.shape) / 16
      const launch: Launch<Variable> = {
        kernel,
        constants: { EPSILON, GROUP },
        sizes: { c4: quads(weight.type.shape[0]!), capacity },
        reads: [weight, bias, runningMean, runningVariance],
        writes: [y],
        workgroups: [groups(capacity, GROUP), 1, 1],
      }
      return [launch]
    },
  },
  cases: [vectors(1), vectors(10), vectors(300)],
  sample,
})
