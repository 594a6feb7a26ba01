import { philox } from '../../random/philox'
import { keyFor } from '../../random/seeded'
import { elementwise } from '../elementwise'
import philoxCode from '../lib/philox.wgsl?raw'
import settingsCode from '../lib/settings.wgsl?raw'
import { type DrawSettings, defineOp, type HostTensor, type Variable } from '../op'
import { quads } from '../tensor'
import applyCode from './apply.wgsl?raw'

const kernel = { label: 'dropout', code: settingsCode + philoxCode + applyCode }

export interface DropoutAttributes {
  /** Share of the elements that are set to 0. */
  rate: number
  /** The layer's name: each layer has draws of its own. */
  layer: string
}

/** Elements whose word is under this are dropped. */
const threshold = (rate: number) => Math.floor(rate * 0x1_0000_0000)

/** For each element 0 where it is dropped, else 1 / (1 − rate). */
function mask(x: HostTensor, { rate, layer }: DropoutAttributes, { seed, step }: DrawSettings) {
  const C = x.shape.at(-1)!
  return Float64Array.from(x.data, (_, i) => {
    const quad = Math.floor(i / C) * quads(C) + Math.floor((i % C) / 4)
    const word = philox(keyFor(seed, layer), quad, step)[(i % C) % 4]!
    return word >= threshold(rate) ? 1 / (1 - rate) : 0
  })
}

function launch(x: Variable, y: Variable, settings: Variable, { rate, layer }: DropoutAttributes) {
  const sizes = { threshold: threshold(rate), layer: keyFor(0, layer)[1] }
  const constants = { SCALE: 1 / (1 - rate) }
  return { ...elementwise(kernel, [x], [y], sizes, constants), uniforms: [settings] }
}

/** Inverted dropout: each element is 0 with probability `rate`, else divided by 1 − rate. */
export const dropout = defineOp<'x', DropoutAttributes>({
  name: 'dropout',
  inputs: { x: 'nhwc' },
  differentiable: ['x'],
  shape: ({ x }) => x,
  cpu: {
    forward: ({ x }, attributes, draws) => {
      const factors = mask(x, attributes, draws)
      return { y: x.data.map((value, i) => value * factors[i]!) }
    },
    backward: ({ x }, { dy }, attributes, draws) => {
      const factors = mask(x, attributes, draws)
      return { x: dy.map((value, i) => value * factors[i]!) }
    },
  },
  gpu: {
    forward: ({ in: { x }, y, settings }, attributes) => [launch(x, y, settings, attributes)],
    backward: ({ dy, grad, settings }, attributes) => [launch(dy, grad.x!, settings, attributes)],
  },
  cases: [
    { shapes: { x: [2, 5, 7, 10] }, attributes: { rate: 0.5, layer: 'layer1.0.dropout' } },
    { shapes: { x: [1, 3, 3, 3] }, attributes: { rate: 0.1, layer: 'layer2.1.dropout' } },
    { shapes: { x: [1, 1, 2, 1] }, attributes: { rate: 0, layer: 'layer1.0.dropout' } },
  ],
})
