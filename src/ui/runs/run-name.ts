import type { LaneOf, RunRecord } from '../../archive/record'
import { modelName } from '../../models/presets'

/** What a run is called: its own name, or else its lane's, or else its net's. */
export function runName({ name, run, group }: Pick<RunRecord, 'name' | 'run' | 'group'>): string {
  return name || (group ? laneName(group) : modelName(run.model))
}

/** "v1", or with several seeds "v1 #2". */
function laneName({ comparison: { lanes, seeds }, lane, seedIndex }: LaneOf): string {
  const { name } = lanes[lane]!
  return seeds > 1 ? `${name} #${seedIndex + 1}` : name
}

/** How a run stands, in a word or two. */
export function statusName({ status }: RunRecord, active: boolean): string {
  if (status.state === 'training') return active ? 'training' : 'broken off'
  return status.state === 'failed' ? 'stopped' : status.state
}
