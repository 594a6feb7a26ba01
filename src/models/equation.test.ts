import katex from 'katex'
import { expect, test } from 'vitest'
import { equations } from './equation'
import { partsOf } from './parts'
import { plan } from './plan'
import { cifarSpec } from './presets'
import { type ModelSpec, ORDERS, type Shortcut } from './spec'

const BASIC = cifarSpec({ version: 'v1', block: 'basic', depth: 14, projection: 'A' })
const BOTTLENECK = cifarSpec({ version: 'v1.5', block: 'bottleneck', depth: 20, projection: 'B' })
const SHORTCUTS: Shortcut[] = [
  { kind: 'identity' },
  { kind: 'none' },
  { kind: 'conv1x1' },
  { kind: 'scaling', shortcut: 0.5, residual: 0.25 },
  { kind: 'exclusive-gate', bias: -6 },
  { kind: 'shortcut-gate', bias: -3 },
  { kind: 'dropout', rate: 0.5 },
]

/** A unit's equations as they read, without their parts; by default of one that keeps its shape. */
function read(change: Partial<ModelSpec>, index = 1): Record<string, string> {
  const network = plan({ ...BASIC, ...change })
  const lines = Object.entries(equations(network, network.units[index]!))
  const words = (tex: string) =>
    tex.replaceAll(/\\htmlData\{[^}]*\}/g, '').replaceAll(/\\math(rm|bin|cal)|[{}]/g, '')
  return Object.fromEntries(lines.map(([name, tex]) => [name, words(tex)]))
}

test('the five orders read as in the paper', () => {
  expect(read({})).toEqual({
    unit: 'x_l+1 = ReLU(x_l + F(x_l, W_l))',
    residual: 'F(x_l, W_l) = BN(W_2 * ReLU(BN(W_1 * x_l)))',
  })
  expect(read({ order: 'bn-after-addition' })).toEqual({
    unit: 'x_l+1 = ReLU(BN(x_l + F(x_l, W_l)))',
    residual: 'F(x_l, W_l) = W_2 * ReLU(BN(W_1 * x_l))',
  })
  expect(read({ order: 'relu-before-addition' })).toEqual({
    unit: 'x_l+1 = x_l + F(x_l, W_l)',
    residual: 'F(x_l, W_l) = ReLU(BN(W_2 * ReLU(BN(W_1 * x_l))))',
  })
  expect(read({ order: 'relu-only-preactivation' }).residual).toBe(
    'F(x_l, W_l) = BN(W_2 * ReLU(BN(W_1 * ReLU(x_l))))',
  )
  expect(read({ order: 'full-preactivation' })).toEqual({
    unit: 'x_l+1 = x_l + F(x_l, W_l)',
    residual: 'F(x_l, W_l) = W_2 * ReLU(BN(W_1 * ReLU(BN(x_l))))',
  })
})

test('the rivals of the identity read as in the paper', () => {
  const unit = (shortcut: Shortcut) => read({ shortcut }).unit
  expect(unit({ kind: 'none' })).toBe('x_l+1 = ReLU(F(x_l, W_l))')
  expect(unit({ kind: 'scaling', shortcut: 0.5, residual: 0.25 })).toBe(
    'x_l+1 = ReLU(0.5\\,x_l + 0.25\\,F(x_l, W_l))',
  )
  expect(read({ shortcut: { kind: 'exclusive-gate', bias: -6 } })).toMatchObject({
    unit: 'x_l+1 = ReLU((1 - g(x_l)) \\odot x_l + g(x_l) \\odot F(x_l, W_l))',
    gate: 'g(x_l) = \\sigma(W_g * x_l + b_g)',
  })
  expect(unit({ kind: 'shortcut-gate', bias: -6 })).toBe(
    'x_l+1 = ReLU((1 - g(x_l)) \\odot x_l + F(x_l, W_l))',
  )
  expect(read({ shortcut: { kind: 'conv1x1' } })).toMatchObject({
    unit: 'x_l+1 = ReLU(h(x_l) + F(x_l, W_l))',
    shortcut: 'h(x_l) = BN(W_s * x_l)',
  })
  expect(read({ shortcut: { kind: 'dropout', rate: 0.5 } }).shortcut).toBe(
    'h(x_l) = dropout_0.5(x_l)',
  )
})

test('a stride stands at the convolution that has it, and a shared activation before both paths', () => {
  expect(read(BOTTLENECK, 2).residual).toBe(
    'F(x_l, W_l) = BN(W_3 * ReLU(BN(W_2 *_/2 ReLU(BN(W_1 * x_l)))))',
  )
  expect(read({ ...BOTTLENECK, strideAt: 'first' }, 2).residual).toContain('W_1 *_/2 x_l')
  expect(read({ order: 'full-preactivation', projection: 'B' }, 2)).toEqual({
    unit: 'x_l+1 = h(\\hatx_l) + F(\\hatx_l, W_l)',
    shared: '\\hatx_l = ReLU(BN(x_l))',
    residual: 'F(\\hatx_l, W_l) = W_2 * ReLU(BN(W_1 *_/2 \\hatx_l))',
    shortcut: 'h(\\hatx_l) = W_s *_/2 \\hatx_l',
  })
})

const specs = [BASIC, BOTTLENECK].flatMap((spec) =>
  ORDERS.flatMap((order) => SHORTCUTS.map((shortcut) => ({ ...spec, order, shortcut }))),
)

test.each(specs)('KaTeX sets every part: $block, $order, $shortcut.kind', (spec) => {
  const network = plan(spec)
  for (const unit of network.units) {
    const html = Object.values(equations(network, unit)).map((tex) =>
      katex.renderToString(tex, { throwOnError: true, trust: true, strict: false }),
    )
    const set = [...html.join('').matchAll(/data-part="([^"]*)"/g)].flatMap(([, ids]) =>
      ids!.split(' '),
    )
    const own = network.nodes.filter((node) => node.unit === unit.name)
    expect([...new Set(set)].sort()).toEqual(partsOf(own, unit).sort())
  }
})
