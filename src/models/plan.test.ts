import { expect, test } from 'vitest'
import { tensors } from './parameters'
import { type Layer, type NetworkPlan, type Path, plan } from './plan'
import { cifarSpec, sameNetworkAsV1, VERSIONS, versionOf } from './presets'
import type { ModelSpec, Order } from './spec'

const base = cifarSpec({ version: 'v1', block: 'basic', depth: 8 })

const NAME: Partial<Record<Layer['op'], string>> = { conv: 'conv', batchNorm: 'BN', relu: 'ReLU' }

function path(net: NetworkPlan, unit: string, where: Path): string {
  return net.nodes
    .filter((node) => node.unit === unit && node.path === where)
    .map(({ layer }) => NAME[layer.op])
    .join(' ')
}

test.each<[Order, string, string]>([
  ['original', 'conv BN ReLU conv BN', 'ReLU'],
  ['bn-after-addition', 'conv BN ReLU conv', 'BN ReLU'],
  ['relu-before-addition', 'conv BN ReLU conv BN ReLU', ''],
  ['relu-only-preactivation', 'ReLU conv BN ReLU conv BN', ''],
  ['full-preactivation', 'BN ReLU conv BN ReLU conv', ''],
])('%s has BN and ReLU where Table 2 puts them', (order, residual, after) => {
  const net = plan({ ...base, order, units: [2, 1, 1] })
  expect(path(net, 'layer1.1', 'residual')).toBe(residual)
  expect(path(net, 'layer1.1', 'after')).toBe(after)
})

test('a pre-activation unit activates before the fork where its shape changes, and at the start', () => {
  const net = plan({ ...base, order: 'full-preactivation', units: [2, 2, 1] })
  const shared = net.units.filter((unit) => path(net, unit.name, 'shared') === 'BN ReLU')
  expect(shared.map((unit) => unit.name)).toEqual(['layer1.0', 'layer2.0', 'layer3.0'])
})

test('a stride-2 unit halves height and width; v1.5 has the stride in the 3×3', () => {
  for (const version of VERSIONS) {
    const net = plan(cifarSpec({ version, block: 'bottleneck', depth: 11 }))
    const strides = net.nodes.flatMap(({ layer, unit, path }) =>
      layer.op === 'conv' && unit === 'layer2.0' && path === 'residual' ? [layer.stride] : [],
    )
    expect(strides).toEqual(version === 'v1' ? [2, 1, 1] : [1, 2, 1])
    const { height, width } = net.nodes.find((node) => node.id === net.units[1]!.output)!.output
    expect([height, width]).toEqual([16, 16])
  }
})

test("a v1.5 ImageNet net's tensors have the names and shapes of torchvision's resnet50", () => {
  const spec: ModelSpec = {
    ...{ stem: 'imagenet', block: 'bottleneck', units: [3, 4, 6, 3], widths: [64, 128, 256, 512] },
    ...{ order: 'original', strideAt: '3x3', shortcut: { kind: 'identity' }, projection: 'B' },
    classes: 1000,
  }
  const list = tensors(plan(spec, { height: 224, width: 224, channels: 3 }))
  expect(list).toHaveLength(53 + 53 * 4 + 2)
  const shapes = new Map(list.map(({ name, shape }) => [name, shape]))
  expect(shapes.get('conv1.weight')).toEqual([64, 3, 7, 7])
  expect(shapes.get('layer1.0.downsample.0.weight')).toEqual([256, 64, 1, 1])
  expect(shapes.get('layer1.0.downsample.1.running_var')).toEqual([256])
  expect(shapes.get('layer4.2.conv3.weight')).toEqual([2048, 512, 1, 1])
  expect(shapes.get('fc.weight')).toEqual([1000, 2048])
})

test('a version is recognised from its specification, and basic v1 is v1.5', () => {
  for (const version of VERSIONS) {
    expect(versionOf(cifarSpec({ version, block: 'bottleneck', depth: 11 }))).toBe(version)
    const basic = cifarSpec({ version, block: 'basic', depth: 8 })
    expect(versionOf(basic)).toBe(version)
    expect(sameNetworkAsV1(basic)).toBe(version !== 'v2')
  }
})
