import type { RunRecord } from '../../archive/record'
import { modelName } from '../../models/presets'

/** What a run is called: its own name, or else its net's. */
export function runName({ name, run }: Pick<RunRecord, 'name' | 'run'>): string {
  return name || modelName(run.model)
}
