import { IconAlertTriangle, IconEqual } from '@tabler/icons-react'
import type { StartCheck } from '../../store/race'
import { integer } from '../format'
import { useRaceState } from './race-context'

/** How equal the lanes started with the last seed, as read back from the GPU. */
export function StartChecks() {
  const start = useRaceState((state) => state.starts.at(-1))
  const lanes = useRaceState((state) => state.lanes.length)
  if (!start || lanes < 2) return null
  const equal = isEqual(start)
  return (
    <p className="start-check" data-equal={equal}>
      {equal ? <IconEqual size={18} aria-hidden /> : <IconAlertTriangle size={18} aria-hidden />}
      <span>
        {equal && <strong>Equal start, measured. </strong>}
        {sharedText(start)} {batchText(start)}
      </span>
    </p>
  )
}

function isEqual({ batches, unequal }: StartCheck): boolean {
  return unequal.length === 0 && new Set(batches).size === 1
}

function sharedText({ sharedTensors, sharedValues, unequal }: StartCheck): string {
  if (sharedTensors === 0) return 'The lanes have no tensor of one name and shape.'
  const all = `${integer(sharedTensors)} tensors of one name and shape (${integer(sharedValues)} numbers)`
  return unequal.length === 0
    ? `${all} are equal to the bit in all lanes that have them;`
    : `${integer(unequal.length)} of ${all} are not equal: ${unequal.join(', ')};`
}

function batchText({ batches }: StartCheck): string {
  const kinds = new Set(batches).size
  return kinds === 1
    ? `the first batch is the same in all ${batches.length}.`
    : `the first batches are not the same: ${kinds} different ones.`
}
