import type { RunRecord } from '../../archive/record'
import { modelName } from '../../models/presets'

/** What a run is called: its own name, or else its net's. */
export function runName({ name, run }: Pick<RunRecord, 'name' | 'run'>): string {
  return name || modelName(run.model)
}

/** How a run stands, in a word or two. */
export function statusName({ status }: RunRecord, active: boolean): string {
  if (status.state === 'training') return active ? 'training' : 'broken off'
  return status.state === 'failed' ? 'stopped' : status.state
}
