import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { findPyTorch } from '../../bench/pytorch'
import { tensors } from './parameters'
import { partsOf } from './parts'
import { plan } from './plan'
import { cifarSpec } from './presets'
import { pytorchUnit } from './pytorch'
import { type ModelSpec, ORDERS, type Shortcut } from './spec'

const BASIC = cifarSpec({ version: 'v1', block: 'basic', depth: 14, projection: 'A' })
const BOTTLENECK = cifarSpec({ version: 'v1', block: 'bottleneck', depth: 20, projection: 'B' })
const SHORTCUTS: Shortcut[] = [
  { kind: 'identity' },
  { kind: 'none' },
  { kind: 'conv1x1' },
  { kind: 'scaling', shortcut: 0.5, residual: 0.25 },
  { kind: 'exclusive-gate', bias: -6 },
  { kind: 'shortcut-gate', bias: -3 },
  { kind: 'dropout', rate: 0.5 },
]
const NETS: ModelSpec[] = [BASIC, BOTTLENECK, { ...BOTTLENECK, strideAt: 'first' }]
const SPECS = NETS.flatMap((spec) =>
  ORDERS.flatMap((order) => SHORTCUTS.map((shortcut) => ({ ...spec, order, shortcut }))),
)

test('a unit reads as one would write it', () => {
  const network = plan(BASIC)
  expect(pytorchUnit(network, network.units[1]!).map(({ text }) => text)).toEqual([
    'class Unit(nn.Module):',
    '    def __init__(self):',
    '        super().__init__()',
    '        self.conv1 = nn.Conv2d(16, 16, 3, padding=1, bias=False)',
    '        self.bn1 = nn.BatchNorm2d(16)',
    '        self.conv2 = nn.Conv2d(16, 16, 3, padding=1, bias=False)',
    '        self.bn2 = nn.BatchNorm2d(16)',
    '',
    '    def forward(self, x):',
    '        f = self.conv1(x)',
    '        f = self.bn1(f)',
    '        f = F.relu(f)',
    '        f = self.conv2(f)',
    '        f = self.bn2(f)',
    '        y = x + f',
    '        y = F.relu(y)',
    '        return y',
  ])
})

test('every part of a unit stands behind a line of its own or of its sequence', () => {
  for (const spec of SPECS) {
    const network = plan(spec)
    for (const unit of network.units) {
      const named = new Set(pytorchUnit(network, unit).flatMap(({ parts }) => parts))
      const own = network.nodes.filter((node) => node.unit === unit.name)
      expect([...named].sort()).toEqual(partsOf(own, unit).sort())
    }
  }
})

const python = findPyTorch()

test.skipIf(!python)(
  'PyTorch computes by the code what the plan says',
  { timeout: 120_000 },
  () => {
    const cases = SPECS.flatMap((spec) => {
      const network = plan(spec)
      const maps = new Map(network.nodes.map(({ id, output }) => [id, output]))
      return [network.units[0]!, network.units[1]!, network.units[2]!].map((unit) => ({
        name: `${spec.block}, ${spec.order}, ${spec.shortcut.kind}, ${unit.name}`,
        code: pytorchUnit(network, unit)
          .map(({ text }) => text)
          .join('\n'),
        nodes: network.nodes.filter((node) => node.unit === unit.name),
        ...{ unit: unit.name, input: unit.input, output: unit.output },
        channels: maps.get(unit.input)!.channels,
        tensors: tensors(network)
          .filter(({ name }) => name.startsWith(`${unit.name}.`))
          .map(({ name, shape, initial }) => ({
            ...{ name: name.slice(unit.name.length + 1), shape },
            first: initial.kind === 'constant' ? initial.value : undefined,
          })),
      }))
    })
    const script = fileURLToPath(new URL('../../test/pytorch-units.py', import.meta.url))
    const run = spawnSync(python!, [script], { input: JSON.stringify(cases), encoding: 'utf8' })
    expect(run.stderr).toBe('')
    expect(cases.length).toBeGreaterThan(300)
    expect(JSON.parse(run.stdout)).toEqual([])
  },
)
