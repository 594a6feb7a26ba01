import fc from 'fast-check'
import { expect, test } from 'vitest'
import { randomSpecs } from '../../test/random-specs'
import { count } from './counts'
import { tensors } from './parameters'
import { plan } from './plan'
import { type ModelSpec, outputChannels, parseModelSpec } from './spec'
import { InvalidConfig } from './validation'

const product = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1)

test('every valid specification comes back from JSON, and its plan is sound', () => {
  fc.assert(
    fc.property(randomSpecs, (spec) => {
      expect(parseModelSpec(JSON.parse(JSON.stringify(spec)))).toEqual(spec)
      const net = plan(spec)
      const before = new Set<string>()
      for (const { id, inputs, output } of net.nodes) {
        expect(before.has(id)).toBe(false)
        expect(inputs.every((input) => before.has(input))).toBe(true)
        expect(Math.min(output.height, output.width, output.channels)).toBeGreaterThan(0)
        before.add(id)
      }
      const outputs = new Map(net.nodes.map(({ id, output }) => [id, output.channels]))
      for (const { stage, output } of net.units) {
        expect(outputs.get(output)).toBe(outputChannels(spec, stage))
      }
      expect(net.units).toHaveLength(spec.units.reduce((a, b) => a + b))
      expect(outputs.get(net.output)).toBe(spec.classes)
    }),
    { numRuns: 500, seed: 1 },
  )
})

test('the count of parameters is that of the tensors to train, each with a name of its own', () => {
  fc.assert(
    fc.property(randomSpecs, (spec) => {
      const net = plan(spec)
      const all = tensors(net)
      expect(new Set(all.map(({ name }) => name)).size).toBe(all.length)
      const trained = all.filter((tensor) => tensor.trained)
      const { parameters, multiplyAdds, depth } = count(net)
      expect(parameters).toBe(trained.reduce((sum, { shape }) => sum + product(shape), 0))
      expect(Number.isSafeInteger(multiplyAdds)).toBe(true)
      const layers = spec.block === 'basic' ? 2 : 3
      expect(depth).toBe(2 + layers * net.units.length)
    }),
    { numRuns: 500, seed: 2 },
  )
})

type Path = (string | number)[]

/** The paths to everything inside a JSON value. */
function paths(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const path = [...at, Array.isArray(value) ? Number(key) : key]
    return [path, ...paths(inner, path)]
  })
}

const written = (path: Path) =>
  path.map((key, i) => (typeof key === 'number' ? `[${key}]` : i > 0 ? `.${key}` : key)).join('')

const valueAt = (spec: unknown, path: Path) =>
  // biome-ignore lint/suspicious/noExplicitAny: a path leads through JSON of any form
  path.reduce((object, key) => (object as any)[key], spec)

/** The specification with what stands at `path` replaced, or taken away where it is `undefined`. */
function changed(spec: ModelSpec, path: Path, value: unknown): unknown {
  const copy = structuredClone(spec)
  const holder = valueAt(copy, path.slice(0, -1)) as Record<string | number, unknown>
  if (value === undefined) delete holder[path.at(-1)!]
  else Object.defineProperty(holder, path.at(-1)!, { value, enumerable: true })
  return copy
}

function problems(input: unknown): readonly string[] {
  try {
    parseModelSpec(input)
    return []
  } catch (error) {
    if (error instanceof InvalidConfig) return error.problems
    throw error
  }
}

const specAndPath = fc
  .tuple(randomSpecs, fc.nat())
  .map(([spec, draw]) => ({ spec, path: paths(spec)[draw % paths(spec).length]! }))

/** JSON values of every type but that of `value`. */
function ofAnotherType(value: unknown): unknown[] {
  const type = (x: unknown) => (Array.isArray(x) ? 'list' : x === null ? 'null' : typeof x)
  return [true, '1', 'cifar', null, [], {}, [[1]], 1.5].filter((x) => type(x) !== type(value))
}

test('a value of another type is refused with its path', () => {
  fc.assert(
    fc.property(specAndPath, fc.nat(), ({ spec, path }, draw) => {
      const values = ofAnotherType(valueAt(spec, path))
      const found = problems(changed(spec, path, values[draw % values.length]))
      expect(
        found.some((problem) => problem.startsWith(written(path))),
        found.join(),
      ).toBe(true)
    }),
    { numRuns: 2000, seed: 3 },
  )
})

test('a number that is out of range, or none, is refused with its path', () => {
  const bad = fc.constantFrom(1e9, -1e9, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53)
  fc.assert(
    fc.property(specAndPath, bad, ({ spec, path }, value) => {
      fc.pre(typeof valueAt(spec, path) === 'number')
      const [problem] = problems(changed(spec, path, value))
      expect(problem).toContain(`${written(path)}: expected a`)
    }),
    { numRuns: 1000, seed: 4 },
  )
})

test('an unknown key is refused by name wherever it stands', () => {
  const keys = fc.constantFrom('colour', 'constructor', '__proto__', 'toString', '')
  fc.assert(
    fc.property(randomSpecs, fc.boolean(), keys, fc.jsonValue(), (spec, inner, key, value) => {
      const path = inner ? ['shortcut', key] : [key]
      expect(problems(changed(spec, path, value))).toHaveLength(1)
      expect(problems(changed(spec, path, value))[0]).toMatch(/(^|: )unknown key$/)
    }),
    { numRuns: 1000, seed: 5 },
  )
})

test('a key that is missing is told, unless it has a default', () => {
  fc.assert(
    fc.property(randomSpecs, fc.nat(), (spec, draw) => {
      const key = Object.keys(spec)[draw % Object.keys(spec).length]!
      const found = problems(changed(spec, [key], undefined))
      if (key === 'strideAt') expect(found).toEqual([])
      else if (key !== 'stemWidth') expect(found).toContain(`${key}: is missing`)
    }),
    { numRuns: 500, seed: 6 },
  )
})

test('whatever JSON stands anywhere, it is refused or is a net', () => {
  const values = fc.oneof(fc.jsonValue(), fc.integer({ min: -2, max: 12 }), fc.string())
  fc.assert(
    fc.property(specAndPath, values, ({ spec, path }, value) => {
      const input = changed(spec, path, value)
      if (problems(input).length > 0) return
      const accepted = parseModelSpec(input)
      expect(accepted).toEqual(input)
      expect(count(plan(accepted)).parameters).toBeGreaterThan(0)
    }),
    { numRuns: 2000, seed: 7 },
  )
})

test('a value nested deeper than the stack reaches is refused like any other', () => {
  const deep = JSON.parse(`${'['.repeat(1e5)}${']'.repeat(1e5)}`)
  const [spec] = fc.sample(randomSpecs, { numRuns: 1, seed: 8 })
  const found = problems({ ...spec, order: deep })
  expect(found).toEqual([
    expect.stringMatching(/^order: expected .* got something nested too deep$/),
  ])
})
