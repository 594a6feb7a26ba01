import type { RunRecord } from '../../archive/record'
import { useBenchState } from '../bench-context'
import { useRaceState } from '../compare/race-context'

/** True for the run on the bench, and for the lanes of the race in Compare. */
export function useIsOn({ id, group }: RunRecord): boolean {
  const onBench = useBenchState((state) => state.active.key === id)
  const inRace = useRaceState(({ active }) => active !== undefined && active.key === group?.id)
  return onBench || inRace
}
