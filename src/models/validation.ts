import * as v from 'valibot'

/** What is wrong with a piece of JSON: one line a fault, each with its path. */
export class InvalidConfig extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'))
    this.name = 'InvalidConfig'
  }
}

/** A value as it is shown in an error: JSON, cut to a length that fits a line. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (typeof value === 'number') return String(value)
  return brief(toJson(value) ?? String(value), 40)
}

/** A text from outside, a name perhaps, as it is told in an error: cut to what fits a line. */
export function brief(text: string, most = 80): string {
  return text.length > most ? `${text.slice(0, most)}…` : text
}

/** Faults as they are told: the first ones, and how many more there are. */
export function firstOf(problems: readonly string[], most = 20): readonly string[] {
  const more = problems.length - most
  return more > 0 ? [...problems.slice(0, most), `and ${more} more`] : problems
}

/** What is nested deeper than the stack reaches cannot be made into JSON. */
function toJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value)
  } catch {
    return 'something nested too deep'
  }
}

function expected<T>(what: string, accepts: (value: unknown) => boolean) {
  return v.custom<T>(accepts, (issue) => `expected ${what}, got ${show(issue.input)}`)
}

export function integer(min: number, max: number) {
  return expected<number>(
    `an integer from ${min} to ${max}`,
    (x) => Number.isInteger(x) && (x as number) >= min && (x as number) <= max,
  )
}

/** A finite number in [min, max], or (min, max] with `exclusive`. */
export function real(min: number, max: number, { exclusive = false } = {}) {
  return expected<number>(
    exclusive ? `a number over ${min} and at most ${max}` : `a number from ${min} to ${max}`,
    (x) =>
      typeof x === 'number' && Number.isFinite(x) && (exclusive ? x > min : x >= min) && x <= max,
  )
}

export function flag() {
  return expected<boolean>('true or false', (x) => typeof x === 'boolean')
}

export function oneOf<const T extends string>(...choices: T[]) {
  return expected<T>(choices.map((c) => `"${c}"`).join(' or '), (x) => choices.includes(x as T))
}

/** `model.units[1]` for the keys that lead to a fault. */
function pathOf(keys: readonly PropertyKey[]): string {
  return keys.reduce<string>((path, key) => {
    if (typeof key === 'number') return `${path}[${key}]`
    const name = brief(String(key))
    return path === '' ? name : `${path}.${name}`
  }, '')
}

function describe(issue: v.BaseIssue<unknown>): string {
  const path = pathOf((issue.path ?? []).map((item) => item.key as PropertyKey))
  const at = path === '' ? '' : `${path}: `
  if (issue.type === 'strict_object' && issue.expected === 'never') return `${at}unknown key`
  if (issue.type === 'strict_object' && issue.expected !== 'Object') return `${at}is missing`
  if (issue.type === 'strict_object') return `${at}expected an object, got ${show(issue.input)}`
  if (issue.type === 'array') return `${at}expected a list, got ${show(issue.input)}`
  if (issue.type === 'variant') {
    return `${at}expected ${issue.expected?.replaceAll(' | ', ' or ')}, got ${show(issue.input)}`
  }
  return `${at}${brief(issue.message, 200)}`
}

/** Parses `input` by `schema`; throws `InvalidConfig` with path and reason of the first faults. */
export function parseWith<S extends v.GenericSchema>(schema: S, input: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, input)
  if (result.success) return result.output
  throw new InvalidConfig(firstOf(result.issues.map(describe)))
}
