import { parseRun, type RunConfig } from '../run/config'
import { FIRST_RUN } from '../run/presets'

const KEY = 'residual-playground.run.1'

/** The settings of the last visit, or the first run where there are none that still hold. */
export function loadRun(storage: Storage | undefined): RunConfig {
  try {
    const text = storage?.getItem(KEY)
    return text ? parseRun(JSON.parse(text)) : FIRST_RUN
  } catch {
    // Denied by the browser, damaged, or from a version with other settings.
    return FIRST_RUN
  }
}

export function saveRun(storage: Storage | undefined, run: RunConfig): void {
  try {
    storage?.setItem(KEY, JSON.stringify(run))
  } catch {
    // Denied or full: the settings last as long as the page.
  }
}
