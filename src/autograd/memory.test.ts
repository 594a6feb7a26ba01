import { expect, test } from 'vitest'
import type { Launch } from '../gpu/launch'
import type { Variable } from '../shaders/op'
import { tensorType } from '../shaders/tensor'
import { Arena } from './arena'
import { planMemory } from './memory'

const variable = (label: string, count: number): Variable => ({
  label,
  type: tensorType('i', [count]),
})

function launch(reads: Variable[], writes: Variable[]): Launch<Variable> {
  const kernel = { label: 'test', code: '' }
  return { kernel, constants: {}, reads, writes, workgroups: [1, 1, 1] }
}

test('a chain of equal tensors needs two buffers, whatever its length', () => {
  const input = variable('input', 100)
  const chain = Array.from({ length: 20 }, (_, i) => variable(`x${i}`, 100))
  const launches = chain.map((y, i) => launch([chain[i - 1] ?? input], [y]))
  const plan = planMemory(launches, new Map(), new Set([input]))
  expect(plan.buffers).toHaveLength(3)
  expect(plan.bytes).toBe(3 * 400)
})

test('no dispatch reads and writes one buffer, and no value is overwritten while it is needed', () => {
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((label, i) => variable(label, 10 * (i + 1))) as [
    Variable,
    Variable,
    Variable,
    Variable,
  ]
  const launches = [launch([], [a]), launch([a], [b]), launch([b], [c]), launch([a, c], [d])]
  const { ranges } = planMemory(launches, new Map(), new Set())
  const buffer = (one: Variable) => ranges.get(one)!.buffer
  for (const { reads, writes } of launches) {
    for (const read of reads)
      for (const write of writes) expect(buffer(read)).not.toBe(buffer(write))
  }
  expect(buffer(b)).not.toBe(buffer(a))
  expect(buffer(c)).not.toBe(buffer(a))
})

test('reading what nothing has written is an error that names it', () => {
  const lost = variable('lost', 4)
  expect(() => planMemory([launch([lost], [variable('y', 4)])], new Map(), new Set())).toThrow(
    '"lost" is read before anything is written to it',
  )
})

test('arenas with the same types in the same order have the same layout', () => {
  const make = (label: string) => {
    const arena = new Arena(label)
    for (const count of [3, 100, 7]) arena.add(`${label} ${count}`, tensorType('i', [count]))
    arena.slabs()
    return [...arena.places.values()].map(({ offset }) => offset)
  }
  expect(make('weights')).toEqual(make('gradients'))
  expect(make('weights')).toEqual([0, 256, 768])
})
