import { brief, firstOf, InvalidConfig, show } from '../models/validation'
import { parseRun, type RunConfig } from './config'
import { FIRST_RUN } from './presets'

/** What could be read of a run's JSON, and a line for each part that could not, with its path. */
export interface Salvaged {
  run: RunConfig
  left: readonly string[]
}

/** A setting by its section, and by its name where settings of a section are read one by one. */
type Path = readonly [section: 'seed' | 'model' | 'evaluate' | 'data' | 'train', setting?: string]

const settingsOf = (section: 'data' | 'train'): Path[] =>
  Object.keys(FIRST_RUN[section]).map((setting) => [section, setting])

/**
 * In an order in which each that is right with the others is right with those before it. A net is
 * read whole or not at all: half of one is another net.
 */
const PATHS: readonly Path[] = [
  ['seed'],
  ['model'],
  ...settingsOf('data'),
  ...settingsOf('train'),
  ['evaluate'],
]
const OPTIONAL = new Set(['evaluate', 'train.nesterov', 'train.precision'])

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The run of any JSON: each setting that this version knows and takes, and the first run's else. */
export function salvageRun(input: unknown): Salvaged {
  try {
    return { run: parseRun(input), left: [] }
  } catch (error) {
    if (!(error instanceof InvalidConfig)) throw error
  }
  const json = isObject(input) ? input : {}
  const left = [...formatProblem(json.format), ...unknownKeys(json)]
  const { evaluate: _, ...rest } = FIRST_RUN
  let run: RunConfig = { ...rest, data: { ...FIRST_RUN.data, validation: 0 } }
  for (const path of PATHS) {
    const value = valueAt(json, path)
    if (value === undefined) {
      if (!OPTIONAL.has(path.join('.'))) left.push(`${path.join('.')}: is missing`)
      continue
    }
    const next = attempt(run, path, value)
    if (next instanceof InvalidConfig) left.push(...next.problems)
    else run = next
  }
  return { run, left: firstOf(left) }
}

function valueAt(json: Record<string, unknown>, [section, setting]: Path): unknown {
  const value = json[section]
  if (setting === undefined) return value
  return isObject(value) ? value[setting] : undefined
}

/** The run with one more setting, or why it does not take it. */
function attempt(run: RunConfig, [section, setting]: Path, value: unknown) {
  const changed = setting === undefined ? value : { ...(run[section] as object), [setting]: value }
  try {
    return parseRun({ ...run, [section]: changed })
  } catch (error) {
    if (error instanceof InvalidConfig) return error
    throw error
  }
}

function formatProblem(format: unknown): string[] {
  return format === 1 ? [] : [`format: this version reads 1, got ${show(format)}`]
}

function unknownKeys(json: Record<string, unknown>): string[] {
  const sections = ['format', ...PATHS.map(([section]) => section)]
  const unknown = Object.keys(json).filter((key) => !sections.includes(key))
  for (const section of ['data', 'train'] as const) {
    const value = json[section]
    if (!isObject(value)) continue
    const known = Object.keys(FIRST_RUN[section])
    const strangers = Object.keys(value).filter((key) => !known.includes(key))
    unknown.push(...strangers.map((key) => `${section}.${key}`))
  }
  return unknown.map((key) => `${brief(key)}: unknown key`)
}
