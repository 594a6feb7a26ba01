import { describe, expect, test } from 'vitest'
import type { Launch } from '../gpu/launch'
import { mergeSumsLaunch } from './batch-norm/merge-sums'
import { combineSums, separateSums } from './combine-sums'
import type { Variable } from './op'
import { sumParts } from './sum-parts'
import { tensorType } from './tensor'

const variable = (label: string, ...shape: number[]): Variable => ({
  label,
  type: tensorType('i'.repeat(shape.length), shape),
})

const sum = (name: string) => sumParts(variable(`${name} parts`, 5, 300), variable(name, 300))

const merge = (name: string) =>
  mergeSumsLaunch(
    variable(`${name} parts`, 7, 6, 4),
    variable(`${name}.weight`, 12),
    variable(`${name}.bias`, 12),
  )

function other(reads: readonly Variable[] = [], writes: readonly Variable[] = []) {
  const kernel = { label: 'other', code: '' }
  return { kernel, constants: {}, reads, writes, workgroups: [1, 1, 1] } satisfies Launch<Variable>
}

const labels = (launches: readonly Launch<Variable>[]) =>
  launches.map(({ kernel, writes }) => [kernel.label, ...writes.map(({ label }) => label)].join())

describe('combining sums', () => {
  test('a sum joins the next merge, past launches that have nothing to do with it', () => {
    const launches = [sum('w'), other(), merge('bn'), sum('v'), merge('bm'), sum('u')]
    expect(labels(combineSums(launches))).toEqual([
      'other',
      'merge and sum,bn.weight,bn.bias,w',
      'merge and sum,bm.weight,bm.bias,v',
      'sum parts,u',
    ])
  })

  test('of two sums before a merge the first stays alone', () => {
    const launches = [sum('w'), sum('v'), merge('bn')]
    expect(labels(combineSums(launches))).toEqual([
      'sum parts,w',
      'merge and sum,bn.weight,bn.bias,v',
    ])
  })

  test.each([
    ['reads the sum', (made: Launch<Variable>) => other(made.writes)],
    ['writes to the sum', (made: Launch<Variable>) => other([], made.writes)],
    ['writes to its parts', (made: Launch<Variable>) => other([], made.reads)],
  ])('a sum stands before a launch that %s', (_, touching) => {
    const made = sum('w')
    const launches = [made, touching(made), merge('bn')]
    expect(combineSums(launches)).toEqual(launches)
  })

  test('a combined launch is told apart again', () => {
    const [made, merged] = [sum('w'), merge('bn')]
    expect(combineSums([made, merged]).flatMap(separateSums)).toEqual([merged, made])
    expect(separateSums(made)).toEqual([made])
  })
})
