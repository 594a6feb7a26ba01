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
  const text = toJson(value) ?? String(value)
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
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
    return path === '' ? String(key) : `${path}.${String(key)}`
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
  return `${at}${issue.message}`
}

/** Parses `input` by `schema`; throws `InvalidConfig` with every fault's path and reason. */
export function parseWith<S extends v.GenericSchema>(schema: S, input: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, input)
  if (result.success) return result.output
  throw new InvalidConfig(result.issues.map(describe))
}
