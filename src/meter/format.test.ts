import { expect, test } from 'vitest'
import { figure, tick } from './format'

test.each([
  [undefined, '–'],
  [0, '0'],
  [0.71234, '0.712'],
  [-0.25, '−0.25'],
  [1234.5, '1,230'],
  [7.65e-8, '7.7·10⁻⁸'],
  [-3.2e-12, '−3.2·10⁻¹²'],
  [2.5e6, '2.5·10⁶'],
  [Number.POSITIVE_INFINITY, '∞'],
])('%s is told as %s', (value, text) => {
  expect(figure(value)).toBe(text)
})

test('ticks far from 1 are powers of ten', () => {
  expect([1, 0.1, 0.001, 1e-8, 0.5, 0].map(tick)).toEqual(['1', '0.1', '10⁻³', '10⁻⁸', '0.5', '0'])
})
