import { expect, test } from 'vitest'
import { cifarSpec } from './presets'
import { reported } from './reported'

const v1 = cifarSpec({ version: 'v1', block: 'basic', depth: 110 })

test('the papers speak of the nets that they measured', () => {
  expect(reported(cifarSpec({ version: 'v1', block: 'basic', depth: 20 }), 20)).toMatchObject({
    error: '8.75 %',
    net: 'ResNet-20',
  })
  expect(reported({ ...v1, order: 'full-preactivation' }, 110)?.error).toBe('6.37 %')
  const bottleneck = cifarSpec({ version: 'v2', block: 'bottleneck', depth: 164 })
  expect(reported(bottleneck, 164)).toMatchObject({ error: '5.46 %', net: 'ResNet-164' })
})

test('Table 1 has figures for its settings alone', () => {
  const scaling = (residual: number) =>
    reported({ ...v1, shortcut: { kind: 'scaling', shortcut: 0.5, residual } }, 110)?.error
  expect(scaling(0.5)).toBe('12.35 %')
  expect(scaling(1)).toBe('fails (over 20 %)')
  expect(scaling(0.7)).toBeUndefined()
  const gate = { kind: 'shortcut-gate', bias: -6 } as const
  expect(reported({ ...v1, shortcut: gate }, 110)?.error).toBe('6.91 %')
  expect(reported({ ...v1, shortcut: gate, order: 'full-preactivation' }, 110)).toBeUndefined()
})
