import { expect, test } from 'vitest'
import { count } from './counts'
import table from './counts.table.json'
import { plan } from './plan'
import type { ModelSpec, Shortcut } from './spec'

const UNITS: Record<string, number[]> = {
  18: [2, 2, 2, 2],
  34: [3, 4, 6, 3],
  50: [3, 4, 6, 3],
  101: [3, 4, 23, 3],
  152: [3, 8, 36, 3],
  200: [3, 24, 36, 3],
}

const SHORTCUTS: Record<string, Shortcut> = {
  none: { kind: 'none' },
  scaling: { kind: 'scaling', shortcut: 0.5, residual: 0.5 },
  'exclusive-gate': { kind: 'exclusive-gate', bias: -6 },
  'shortcut-gate': { kind: 'shortcut-gate', bias: -6 },
  conv1x1: { kind: 'conv1x1' },
  dropout: { kind: 'dropout', rate: 0.5 },
}

/** `cifar-20-bottleneck-v15-B` or `cifar-110-basic-original-none-A` as a specification. */
function specOf(name: string): ModelSpec {
  const [stem, depth, block, ...rest] = name.split('-') as [
    'cifar' | 'imagenet',
    string,
    'basic' | 'bottleneck',
    ...string[],
  ]
  const projection = rest.pop() as 'A' | 'B'
  const variant = rest.join('-')
  const n = (Number(depth) - 2) / (block === 'basic' ? 6 : 9)
  const shortcut = Object.keys(SHORTCUTS).find((kind) => variant === `original-${kind}`)
  const order = variant.startsWith('v1') || shortcut ? 'original' : variant
  return {
    stem,
    block,
    units: stem === 'cifar' ? [n, n, n] : UNITS[depth]!,
    widths: stem === 'cifar' ? [16, 32, 64] : [64, 128, 256, 512],
    order: (order === 'v2' ? 'full-preactivation' : order) as ModelSpec['order'],
    strideAt: variant === 'v1' ? 'first' : '3x3',
    shortcut: shortcut ? SHORTCUTS[shortcut]! : { kind: 'identity' },
    projection,
    classes: stem === 'cifar' ? 10 : 1000,
  }
}

test.each(table)('$net has the parameters and multiply-adds of the specification', (row) => {
  const size = row.net.startsWith('cifar') ? 32 : 224
  const net = plan(specOf(row.net), { height: size, width: size, channels: 3 })
  expect(count(net)).toMatchObject({
    parameters: row.parameters,
    multiplyAdds: row.multiplyAdds,
    depth: Number(row.net.split('-')[1]),
  })
})
