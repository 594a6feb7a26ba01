import { expect, test } from 'vitest'
import { placeOf } from './place'

test.each([
  ['', 'train'],
  ['#train', 'train'],
  ['#run=q80', 'train'],
  ['#compare', 'compare'],
  ['#compare=q80', 'compare'],
  ['#labs/orders/original-110', 'labs'],
  ['#runs', 'runs'],
  ['#runs/7', 'runs'],
  ['#runsaway', 'train'],
  ['#toString', 'train'],
])('%s leads to %s', (hash, place) => {
  expect(placeOf(hash)).toBe(place)
})
