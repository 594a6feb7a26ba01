import fc from 'fast-check'

/** What may happen to JSON that is still JSON, or nearly so: a value becomes another text. */
export type JsonDamage = (json: unknown) => string

type Path = readonly (string | number)[]

/** Stands where the hostile text comes in: no key or text of the program has it. */
const MARK = '\u{e000}'

const nested = (depth: number, [open, close]: readonly [string, string]) =>
  `${open.repeat(depth)}0${close.repeat(depth)}`

/** Values that no reader should trip over. */
const hostile = fc.oneof(
  fc.constantFrom('null', 'true', '[]', '{}', '""', '"x"', '0', '-1', '-0', '0.5', '1', '2', '7'),
  fc.constantFrom('NaN', '-Infinity', '1e999', '1e308', '5e-324', '4294967296', '9007199254740993'),
  fc.constantFrom('"NaN"', '"Infinity"', '"__proto__"', '"constructor"', '"\\ud800"', '"\\u0000"'),
  fc.constantFrom(
    '{"__proto__": {"polluted": 1}}',
    '{"constructor": {"prototype": {"polluted": 1}}}',
  ),
  fc.integer().map(String),
  fc.double().map(String),
  fc.string().map((text) => JSON.stringify(text)),
  fc.constantFrom(100, 5000).map((length) => JSON.stringify('x'.repeat(length))),
  fc
    .tuple(
      fc.constantFrom(100, 10_000),
      fc.constantFrom(['[', ']'] as const, ['{"a":', '}'] as const),
    )
    .map(([depth, brackets]) => nested(depth, brackets)),
  fc.constantFrom('1', '"x"', '{}', '[]').map((item) => `[${Array(3000).fill(item).join()}]`),
)

/** Keys that objects have without being given them, and one that nothing knows. */
const strangeKeys = fc.constantFrom('__proto__', 'constructor', 'toString', 'length', 'zzz')

/** Deeper, and in longer lists, there is nothing that is not nearer as well. */
const [MOST_KEYS, MOST_ITEMS] = [20, 10_000]

function pathsOf(value: unknown, path: Path = []): Path[] {
  const bottom = typeof value !== 'object' || value === null || path.length > MOST_KEYS
  if (bottom) return [path]
  const keys = Array.isArray(value) ? value.keys() : Object.keys(value)
  return [path, ...[...keys].flatMap((key) => pathsOf((value as never)[key], [...path, key]))]
}

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce((inner, key) => (inner as Record<string | number, unknown>)[key], value)

/** A copy with another value at a path, which may be a new key's. */
function withValue(value: unknown, [key, ...rest]: Path, other: unknown): unknown {
  if (key === undefined) return other
  if (Array.isArray(value)) {
    return value.map((item, i) => (i === key ? withValue(item, rest, other) : item))
  }
  const entries = Object.entries(value as object)
  const known = entries.some(([name]) => name === key)
  const all = known ? entries : [...entries, [String(key), undefined] as const]
  return Object.fromEntries(
    all.map(([name, item]) => [name, name === key ? withValue(item, rest, other) : item]),
  )
}

const withText = (json: unknown, path: Path, text: string) =>
  JSON.stringify(withValue(json, path, MARK)).replace(`"${MARK}"`, () => text)

const chosen = <T>(items: readonly T[], index: number): T => items[index % items.length]!

/** One value of a JSON becomes another, goes, comes twice, or changes its place with another's. */
export const jsonDamages: fc.Arbitrary<JsonDamage> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.tuple(fc.nat(), hostile).map(
      ([index, text]): JsonDamage =>
        (json) =>
          withText(json, chosen(pathsOf(json), index), text),
    ),
  },
  fc.nat().map(
    (index): JsonDamage =>
      (json) =>
        JSON.stringify(withValue(json, chosen(pathsOf(json), index), undefined)) ?? '',
  ),
  fc.tuple(fc.nat(), fc.nat()).map(
    ([index, from]): JsonDamage =>
      (json) => {
        const paths = pathsOf(json)
        return JSON.stringify(
          withValue(json, chosen(paths, index), valueAt(json, chosen(paths, from))),
        )
      },
  ),
  fc.tuple(fc.nat(), strangeKeys, hostile).map(
    ([index, key, text]): JsonDamage =>
      (json) => {
        const path = chosen(pathsOf(json), index)
        const value = valueAt(json, path)
        const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
        return withText(json, isObject ? [...path, key] : path, text)
      },
  ),
  fc.tuple(fc.nat(), fc.nat(3)).map(
    ([index, times]): JsonDamage =>
      (json) => {
        const path = chosen(pathsOf(json), index)
        const value = valueAt(json, path)
        const most = Array.isArray(value) ? Math.floor(MOST_ITEMS / value.length) : 2
        const repeated = Array(Math.min(10 ** times, most))
          .fill(value)
          .flat()
        return JSON.stringify(withValue(json, path, repeated))
      },
  ),
)

/** JSON with one or two values that are not as they should be, or with its text damaged. */
export const damagedJson = (json: unknown): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 6, arbitrary: jsonDamages.map((damage) => damage(json)) },
    {
      weight: 3,
      arbitrary: fc.tuple(jsonDamages, jsonDamages).map(([first, second]) => {
        const text = first(json)
        try {
          return second(JSON.parse(text))
        } catch {
          return text
        }
      }),
    },
    { weight: 1, arbitrary: textDamages.map((damage) => damage(JSON.stringify(json))) },
  )

/** What may happen to a text: a piece that is missing, put in, or repeated. */
export const textDamages: fc.Arbitrary<(text: string) => string> = fc
  .tuple(fc.nat(), fc.nat(), fc.oneof(fc.string({ unit: 'binary' }), fc.constant('')), fc.nat(40))
  .map(([from, length, inserted, times]) => (text) => {
    const at = from % (text.length + 1)
    const end = at + (length % (text.length + 1 - at))
    return text.slice(0, at) + inserted.repeat(times) + text.slice(end)
  })
