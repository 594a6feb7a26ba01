import { groups, type Launch, stridingGroups } from '../../gpu/launch'
import { dense } from '../dense/op'
import { globalAveragePool } from '../global-average-pool/op'
import { type DrawSettings, defineOp, type HostTensor, type Variable } from '../op'
import { mapSizes } from '../shape'
import { sampleLabels, softmaxCrossEntropy } from '../softmax-cross-entropy/op'
import { quads, type TensorType, tensorType } from '../tensor'
import backwardCode from './backward.wgsl?raw'
import forwardCode from './forward.wgsl?raw'

const forwardKernel = { label: 'head forward', code: forwardCode }
const backwardKernel = { label: 'head backward', code: backwardCode }
const GROUP = 64

type Input = 'x' | 'w' | 'bias' | 'labels'
type Host = { readonly [K in Input]: HostTensor }

function geometry(x: TensorType, w: TensorType) {
  const [N, H, W, C] = mapSizes(x)
  const K = w.shape[1]!
  const sizes = { pixels: H * W, c4: quads(C), k4: quads(K) }
  return { n: N, k: K, sizes, flops: 2 * N * C * K }
}

/** The three layers one after another, each with its inputs. */
function layers({ x, w, bias, labels }: Host, draws: DrawSettings) {
  const [N, , , C] = mapSizes(x)
  const pooled = { shape: [N, C], data: globalAveragePool.cpu.forward({ x }, {}, draws).y }
  const logits = {
    shape: [N, w.shape[1]!],
    data: dense.cpu.forward({ x: pooled, w, bias }, {}, draws).y,
  }
  const { y, saved } = softmaxCrossEntropy.cpu.forward({ logits, labels }, {}, draws)
  return { pooled, logits, y, correct: saved!.correct }
}

/** From dy, an image's, to the gradient of the logits. */
function logitGradients(
  labels: HostTensor,
  logits: HostTensor,
  dy: Float64Array,
  draws: DrawSettings,
) {
  const context = { y: dy, dy, saved: { correct: dy } }
  return softmaxCrossEntropy.cpu.backward!({ logits, labels }, context, {}, draws).logits!
}

/**
 * The end of a net: global average pool, dense layer and softmax cross-entropy, an image's loss
 * and whether its top class is right. The gradients of weight, bias and map come from one launch.
 */
export const head = defineOp<Input, Record<string, never>, 'correct' | 'pooled' | 'errors'>({
  name: 'head',
  inputs: { x: 'nhwc', w: 'ck', bias: 'k', labels: 'n:u32' },
  differentiable: ['x', 'w', 'bias'],
  shape: ({ x, w, bias, labels }) => {
    const logits = dense.shape({ x: globalAveragePool.shape({ x }, {}), w, bias }, {})
    return softmaxCrossEntropy.shape({ logits, labels }, {})
  },
  saved: ({ x, w }) => {
    const { n, k } = geometry(x, w)
    return {
      correct: tensorType('n', [n]),
      pooled: tensorType('nc', [n, x.shape[3]!]),
      errors: tensorType('nk', [n, k]),
    }
  },
  cpu: {
    forward: (inputs, _, draws) => {
      const { pooled, logits, y, correct } = layers(inputs, draws)
      const errors = logitGradients(
        inputs.labels,
        logits,
        y.map(() => 1),
        draws,
      )
      return { y, saved: { correct, pooled: pooled.data, errors } }
    },
    backward: (inputs, { y, dy }, _, draws) => {
      const { x, w, bias, labels } = inputs
      const { pooled, logits } = layers(inputs, draws)
      const dlogits = logitGradients(labels, logits, dy, draws)
      const context = { y, dy: dlogits, saved: {} }
      const gradients = dense.cpu.backward!({ x: pooled, w, bias }, context, {}, draws)
      const dpooled = { y, dy: gradients.x!, saved: {} }
      return { ...gradients, ...globalAveragePool.cpu.backward!({ x }, dpooled, {}, draws) }
    },
  },
  gpu: {
    forward: ({ in: { x, w, bias, labels }, y, saved }) => {
      const { n, k, sizes, flops } = geometry(x.type, w.type)
      const launch: Launch<Variable> = {
        kernel: forwardKernel,
        constants: { GROUP },
        sizes: { ...sizes, k },
        reads: [x, w, bias, labels],
        writes: [y, saved.correct, saved.pooled, saved.errors],
        workgroups: [groups(n, 1), 1, 1],
        flops,
      }
      return [launch]
    },
    backward: ({ in: { x, w }, saved, dy, grad }) => {
      const { n, sizes, flops } = geometry(x.type, w.type)
      const items = (n + 4 * sizes.k4) * sizes.c4 + sizes.k4
      const launch: Launch<Variable> = {
        kernel: backwardKernel,
        constants: { GROUP },
        sizes: { ...sizes, n },
        reads: [w, saved.pooled, saved.errors, dy],
        writes: [grad.x!, grad.w!, grad.bias!],
        workgroups: [stridingGroups(items, GROUP), 1, 1],
        flops: 2 * flops,
      }
      return [launch]
    },
  },
  cases: [
    { shapes: { x: [1, 1, 1, 1], w: [1, 2], bias: [2], labels: [1] }, attributes: {} },
    { shapes: { x: [9, 3, 5, 7], w: [7, 10], bias: [10], labels: [9] }, attributes: {} },
    { shapes: { x: [2, 2, 2, 270], w: [270, 301], bias: [301], labels: [2] }, attributes: {} },
  ],
  sample: (name, draws, { shapes }) =>
    name === 'labels' ? sampleLabels(draws, shapes.w[1]!) : draws,
})
