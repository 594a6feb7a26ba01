import { expect, test } from 'vitest'
import { plan } from '../../models/plan'
import { cifarSpec } from '../../models/presets'
import { type ModelSpec, ORDERS, type Shortcut } from '../../models/spec'
import { FIRST_RUN } from '../../run/presets'
import { fakeReading } from '../../worker/fake-meter'
import { BOX_HEIGHT, type Drawing, layOut } from '../unit-layout'
import { type EdgeValue, edgeValues } from './edge-values'

const SHORTCUTS: Shortcut[] = [
  { kind: 'identity' },
  { kind: 'none' },
  { kind: 'exclusive-gate', bias: -6 },
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

const WIDTH = 58
const HEIGHT = 12

/** The space that a number takes at most. */
function space({ x, y, anchor }: EdgeValue) {
  const left = anchor === 'end' ? x - WIDTH : x
  return { left, right: left + WIDTH, top: y - HEIGHT + 2, bottom: y }
}

function covered({ boxes }: Drawing, value: EdgeValue): boolean {
  const { left, right, top, bottom } = space(value)
  return boxes.some(
    (box) =>
      left < box.x + box.width / 2 &&
      right > box.x - box.width / 2 &&
      top < box.y + BOX_HEIGHT &&
      bottom > box.y,
  )
}

test.each(specs)('no number lies on a layer: $block, $order, $shortcut.kind', (model) => {
  const network = plan(model)
  const { units } = fakeReading({ run: { ...FIRST_RUN, model }, stepMs: 10 }, 5)
  for (const [i, reading] of units.entries()) {
    const drawing = layOut(network.nodes.filter(({ unit }) => unit === reading.name))
    for (const direction of ['forward', 'backward'] as const) {
      const values = edgeValues(drawing, reading, direction, units[i + 1])
      expect(values.filter((value) => covered(drawing, value)).map(({ id }) => id)).toEqual([])
      for (const { x, y } of values) {
        expect([x > 0, x < drawing.width, y > 0, y < drawing.height]).not.toContain(false)
      }
    }
  }
})

function ids(model: Partial<ModelSpec>, direction: 'forward' | 'backward', at = 1): string[] {
  const spec = { ...cifarSpec({ version: 'v1', block: 'basic', depth: 14 }), ...model }
  const network = plan(spec)
  const { units } = fakeReading({ run: { ...FIRST_RUN, model: spec }, stepMs: 10 }, 5)
  const reading = units[at]!
  const drawing = layOut(network.nodes.filter(({ unit }) => unit === reading.name))
  return edgeValues(drawing, reading, direction, units[at + 1]).map(({ id }) => id)
}

test('forward each tensor of a unit has its number; y only where something follows it', () => {
  const own = (names: string[]) => names.map((name) => `${name} layer1.1`)
  expect(ids({}, 'forward')).toEqual(own(['x', 'f', 'h', 'y', 'output']))
  expect(ids({ order: 'full-preactivation' }, 'forward')).toEqual(own(['x', 'f', 'h', 'output']))
  expect(ids({ shortcut: { kind: 'none' } }, 'forward')).toEqual(own(['x', 'f', 'output']))
  const gate = { kind: 'shortcut-gate', bias: 0 } as const
  expect(ids({ shortcut: gate }, 'forward')).toContain('gate layer1.1')
})

test("backward the next unit's gradient comes in, and none where there is no next unit", () => {
  expect(ids({}, 'backward')).toEqual([
    ...['gradient layer1.1', 'throughWeights layer1.1', 'direct layer1.1'],
    'gradient layer2.0',
  ])
  expect(ids({}, 'backward', 5)).toHaveLength(3)
})
