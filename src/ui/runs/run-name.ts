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

/** How a run stands: one that trains, and that no page trains, was broken off. */
export function statusOf({ status }: RunRecord, active: boolean) {
  return status.state === 'training' && !active ? 'brokenOff' : status.state
}
