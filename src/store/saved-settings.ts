import { type ComparisonConfig, parseComparison } from '../run/comparison'
import { FIRST_COMPARISON } from '../run/comparison-presets'
import { parseRun, type RunConfig } from '../run/config'
import { FIRST_RUN } from '../run/presets'

const RUN_KEY = 'residual-playground.run.1'
const COMPARISON_KEY = 'residual-playground.comparison.1'

/** The settings of the last visit, or the first run where there are none that still hold. */
export function loadRun(storage: Storage | undefined): RunConfig {
  return load(storage, RUN_KEY, parseRun) ?? FIRST_RUN
}

export function saveRun(storage: Storage | undefined, run: RunConfig): void {
  save(storage, RUN_KEY, run)
}

/** The comparison of the last visit, or the first one where there is none that still holds. */
export function loadComparison(storage: Storage | undefined): ComparisonConfig {
  return load(storage, COMPARISON_KEY, parseComparison) ?? FIRST_COMPARISON
}

export function saveComparison(storage: Storage | undefined, comparison: ComparisonConfig): void {
  save(storage, COMPARISON_KEY, comparison)
}

function load<T>(
  storage: Storage | undefined,
  key: string,
  parse: (input: unknown) => T,
): T | undefined {
  try {
    const text = storage?.getItem(key)
    return text ? parse(JSON.parse(text)) : undefined
  } catch {
    // Denied by the browser, damaged, or from a version with other settings.
    return undefined
  }
}

function save(storage: Storage | undefined, key: string, value: object): void {
  try {
    storage?.setItem(key, JSON.stringify(value))
  } catch {
    // Denied or full: the settings last as long as the page.
  }
}
