import { expect, test } from 'vitest'
import { plan } from '../models/plan'
import { cifarSpec } from '../models/presets'
import { type ModelSpec, ORDERS, type Shortcut } from '../models/spec'
import { BOX_HEIGHT, type Box, type Drawing, layOut } from './unit-layout'

const SHORTCUTS: Shortcut[] = [
  { kind: 'identity' },
  { kind: 'none' },
  { kind: 'scaling', shortcut: 0.5, residual: 0.5 },
  { kind: 'exclusive-gate', bias: -6 },
  { kind: 'shortcut-gate', bias: -6 },
  { kind: 'conv1x1' },
  { kind: 'dropout', rate: 0.5 },
]

const specs = (['basic', 'bottleneck'] as const).flatMap((block) =>
  SHORTCUTS.flatMap((shortcut) =>
    ORDERS.map((order): ModelSpec => {
      const spec = cifarSpec({ version: 'v2', block, depth: block === 'basic' ? 14 : 20 })
      return { ...spec, order, shortcut }
    }),
  ),
)

function drawings(spec: ModelSpec): Drawing[] {
  const network = plan(spec)
  return network.units.map(({ name }) => layOut(network.nodes.filter(({ unit }) => unit === name)))
}

function overlap(a: Box, b: Box): boolean {
  return Math.abs(a.x - b.x) < (a.width + b.width) / 2 && Math.abs(a.y - b.y) < BOX_HEIGHT
}

test.each(specs)('no two boxes overlap: $block, $order, $shortcut.kind', (spec) => {
  for (const { boxes } of drawings(spec)) {
    const overlapping = boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => overlap(a, b)))
    expect(overlapping).toEqual([])
  }
})

test.each(specs)('every box is within the figure: $block, $order, $shortcut.kind', (spec) => {
  for (const { boxes, width, height } of drawings(spec)) {
    for (const box of boxes) {
      expect(box.x - box.width / 2).toBeGreaterThanOrEqual(0)
      expect(box.x + box.width / 2).toBeLessThanOrEqual(width)
      expect(box.y + BOX_HEIGHT).toBeLessThan(height)
    }
  }
})

test('a plain unit has no shortcut to meet', () => {
  const plain = plan({ ...specs[0]!, shortcut: { kind: 'none' } })
  const nodes = plain.nodes.filter(({ unit }) => unit === plain.units[1]!.name)
  expect(layOut(nodes).join).toBeUndefined()
})
