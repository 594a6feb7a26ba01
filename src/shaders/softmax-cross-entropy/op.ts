import { groups } from '../../gpu/launch'
import { defineOp, type HostTensor, type Variable } from '../op'
import { quads, tensorType } from '../tensor'
import backwardCode from './backward.wgsl?raw'
import forwardCode from './forward.wgsl?raw'

const forwardKernel = { label: 'softmax cross-entropy forward', code: forwardCode }
const backwardKernel = { label: 'softmax cross-entropy backward', code: backwardCode }

/** The label of a filler image: it has no class, no loss and no gradient. */
export const NO_LABEL = 0xffff_ffff

const GROUP = 64

function geometry(logits: Variable) {
  const [N, K] = logits.type.shape as readonly [number, number]
  const sizes = { n: N, k: K, pitch: 4 * quads(K) }
  return { constants: { GROUP }, sizes, workgroups: [groups(N, GROUP), 1, 1] as const }
}

function eachImage(
  { shape, data }: HostTensor,
  labels: HostTensor,
  visit: (image: {
    n: number
    label: number
    row: Float64Array
    probabilities: Float64Array
  }) => void,
): void {
  const [N, K] = shape as readonly [number, number]
  for (let n = 0; n < N; n++) {
    const label = labels.data[n]!
    if (label >= K) continue
    const row = data.slice(n * K, (n + 1) * K)
    const largest = Math.max(...row)
    const powers = row.map((logit) => Math.exp(logit - largest))
    const sum = powers.reduce((a, b) => a + b)
    visit({ n, label, row, probabilities: powers.map((power) => power / sum) })
  }
}

/** Labels of a test case; every fifth image from the fourth on is a filler. */
export function sampleLabels(draws: Float64Array, classes: number): Float64Array {
  return draws.map((_, n) => (n % 5 === 3 ? NO_LABEL : (n * 7) % classes))
}

/** Cross-entropy of the softmax against the label, an image; and whether the top class is right. */
export const softmaxCrossEntropy = defineOp<'logits' | 'labels', Record<string, never>, 'correct'>({
  name: 'softmaxCrossEntropy',
  inputs: { logits: 'nk', labels: 'n:u32' },
  differentiable: ['logits'],
  shape: ({ logits, labels }) => {
    const N = logits.shape[0]!
    if (labels.shape[0] !== N) {
      throw new Error(`softmaxCrossEntropy: ${N} images, but ${labels.shape[0]} labels`)
    }
    return tensorType('n', [N])
  },
  saved: ({ labels }) => ({ correct: tensorType('n', labels.shape) }),
  cpu: {
    forward: ({ logits, labels }) => {
      const y = new Float64Array(labels.data.length)
      const correct = new Float64Array(labels.data.length)
      eachImage(logits, labels, ({ n, label, row, probabilities }) => {
        y[n] = -Math.log(probabilities[label]!)
        correct[n] = row.indexOf(Math.max(...row)) === label ? 1 : 0
      })
      return { y, saved: { correct } }
    },
    backward: ({ logits, labels }, { dy }) => {
      const [, K] = logits.shape as readonly [number, number]
      const gradient = new Float64Array(logits.data.length)
      eachImage(logits, labels, ({ n, label, probabilities }) => {
        probabilities.forEach((probability, k) => {
          gradient[n * K + k] = dy[n]! * (probability - (k === label ? 1 : 0))
        })
      })
      return { logits: gradient }
    },
  },
  gpu: {
    forward: ({ in: { logits, labels }, y, saved }) => [
      {
        kernel: forwardKernel,
        reads: [logits, labels],
        writes: [y, saved.correct],
        ...geometry(logits),
      },
    ],
    backward: ({ in: { logits, labels }, dy, grad }) => [
      {
        kernel: backwardKernel,
        reads: [logits, labels, dy],
        writes: [grad.logits!],
        ...geometry(logits),
      },
    ],
  },
  cases: [
    { shapes: { logits: [1, 2], labels: [1] }, attributes: {} },
    { shapes: { logits: [5, 10], labels: [5] }, attributes: {} },
    { shapes: { logits: [67, 7], labels: [67] }, attributes: {} },
  ],
  sample: (name, draws, { shapes }) =>
    name === 'labels' ? sampleLabels(draws, shapes.logits[1]!) : draws,
})
