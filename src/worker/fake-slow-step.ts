import { tensors } from '../models/parameters'
import { type MapShape, plan } from '../models/plan'
import type { RunConfig } from '../run/config'
import { type Picture, SHOWN_CHANNELS, type SlowStep } from '../train/slow-step'

/** Waves that look like feature maps, other ones in each node, and the same at every visit. */
export function fakeSlowStep({ model }: RunConfig, step: number): SlowStep {
  const network = plan(model)
  const nodes = network.nodes.map(({ id, output: shape }, i) => ({
    ...{ id, shape, value: waves(shape, i, 0.8 + 0.4 * Math.sin(i)) },
    gradient: i > 0 ? waves(shape, 40 - i, 1e-3 * (1 + 0.2 * Math.cos(i))) : undefined,
  }))
  const probabilities = new Float32Array(model.classes).fill(0.4 / (model.classes - 1))
  probabilities[3] = 0.6
  const updates = tensors(network)
    .filter(({ trained }) => trained)
    .map(({ name }, i) => ({ name, change: 0.02 * (1.2 + Math.sin(i)), norm: 4 }))
  const loss = -Math.log(0.6)
  return { step, nodes, label: 3, probabilities, loss, meanLoss: 1.3, updates }
}

function waves({ height, width, channels }: MapShape, node: number, rms: number): Picture {
  const pixels = height * width
  const count = Math.min(channels, SHOWN_CHANNELS) * pixels
  const values = Int8Array.from({ length: count }, (_, i) => {
    const [channel, pixel] = [Math.floor(i / pixels), i % pixels]
    const [x, y] = [(pixel % width) / width, Math.floor(pixel / width) / height]
    return 120 * Math.sin(7 * x + node + channel) * Math.cos(5 * y - node * channel)
  })
  return { rms, largest: 2.5 * rms, channels: values }
}
