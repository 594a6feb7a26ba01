import { describe, expect, test } from 'vitest'
import { count } from '../models/counts'
import { cifarSpec } from '../models/presets'
import type { ModelSpec } from '../models/spec'
import { FIRST_RUN } from '../run/presets'
import { trainableNetwork } from './network'
import { launchCosts } from './profile'

const basic = (version: 'v1' | 'v2') => cifarSpec({ version, block: 'basic', depth: 8 })
const BATCH = 4

const NETS: Record<string, ModelSpec> = {
  'v1 with basic units': basic('v1'),
  'v2 with basic units': basic('v2'),
  'v1.5 with bottlenecks and projections': cifarSpec({
    ...{ version: 'v1.5', block: 'bottleneck', depth: 11, projection: 'B' },
  }),
  'v2 with exclusive gates': { ...basic('v2'), shortcut: { kind: 'exclusive-gate', bias: -6 } },
}

function costsOf(model: ModelSpec, precision: 'f32' | 'f16' = 'f32', fused = true) {
  const train = { ...FIRST_RUN.train, batchSize: BATCH, precision }
  const run = { ...FIRST_RUN, model, train }
  const network = trainableNetwork(run, { fused })
  return { network, costs: launchCosts(network) }
}

describe.each(Object.entries(NETS))('%s', (_, model) => {
  const { network, costs } = costsOf(model)

  test('every launch belongs to a layer of the plan, the metrics or the optimiser', () => {
    const known = new Set(network.plan.nodes.map(({ id }) => id))
    const outside = costs.map(({ layer }) => layer).filter((layer) => !known.has(layer))
    expect([...new Set(outside)]).toEqual(['metrics', 'optimiser'])
  })

  test('forward comes before backward, and the update is last', () => {
    const passes = costs.map(({ pass }) => pass)
    const inOrder = passes.filter((pass, i) => pass !== passes[i - 1])
    expect(inOrder).toEqual(['forward', 'backward', 'update'])
  })

  test('each convolution and the dense layer have FLOPs in both passes', () => {
    const layers = network.plan.nodes.filter(({ layer: { op } }) => op === 'conv' || op === 'dense')
    for (const { id } of layers) {
      const of = (pass: string) =>
        costs
          .filter((cost) => cost.layer === id && cost.pass === pass)
          .reduce((sum, { flops }) => sum + flops, 0)
      expect(of('forward'), id).toBeGreaterThan(0)
      // The first convolution passes no gradient on to the images.
      expect(of('backward') / of('forward'), id).toBe(id === 'conv1' ? 1 : 2)
    }
  })

  test('the forward pass has twice the multiply-adds that the plan counts', () => {
    const flops = costs
      .filter(({ pass }) => pass === 'forward')
      .reduce((sum, cost) => sum + cost.flops, 0)
    expect(flops).toBe(2 * BATCH * count(network.plan).multiplyAdds)
  })
})

test("a batch norm's sums belong to it, and a filter's parts to its convolution", () => {
  const { costs } = costsOf(basic('v2'))
  const layersOf = (kernel: string) =>
    costs.filter((cost) => cost.kernel === kernel).map(({ layer }) => layer)
  expect(layersOf('norm relu sums')).toEqual(['norm', 'layer1.0.bn1'])
  expect(layersOf('conv2d filter gradient')).toEqual([
    ...['layer3.0.conv2', 'layer3.0.conv1', 'layer2.0.conv2', 'layer2.0.conv1'],
    ...['layer1.0.conv2', 'layer1.0.conv1', 'conv1'],
  ])
})

test('in a net with one op a layer the loss has launches of its own', () => {
  const { costs } = costsOf(basic('v1'), 'f32', false)
  const passes = costs.filter(({ layer }) => layer === 'loss').map(({ pass }) => pass)
  expect(passes).toEqual(['forward', 'backward'])
})

test('a tensor that a launch binds twice is counted once', () => {
  const { network, costs } = costsOf(basic('v2'))
  const i = costs.findIndex(({ kernel }) => kernel === 'zero-pad shortcut forward')
  const { reads, writes } = network.parts.training[i]!
  expect(reads).toHaveLength(1)
  expect(writes).toHaveLength(1)
  // 32 × 32 × 16 in, 16 × 16 × 32 out, 4 bytes each.
  expect(costs[i]!.bytes).toBe(4 * BATCH * (32 * 32 * 16 + 16 * 16 * 32))
  const convolution = network.parts.training[1]!
  expect(convolution.reads[0]).toBe(convolution.reads[1])
})

test('in f16 a feature map has half the bytes, and scaling belongs to the optimiser', () => {
  const [single, half] = [costsOf(basic('v2')), costsOf(basic('v2'), 'f16')]
  const padding = (costs: typeof half.costs) =>
    costs.find(({ kernel }) => kernel === 'zero-pad shortcut forward')!.bytes
  expect(padding(half.costs)).toBe(padding(single.costs) / 2)
  const updating = half.costs.filter(({ pass }) => pass === 'update')
  expect(updating.map(({ kernel, layer }) => [kernel, layer])).toEqual([
    ['unscale gradients', 'optimiser'],
    ['sgd update', 'optimiser'],
    ['adjust loss scale', 'optimiser'],
  ])
  expect(half.costs.slice(-3)).toEqual(updating)
})
