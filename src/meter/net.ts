import type { RunConfig } from '../run/config'
import type { ReadingHistory } from './history'

/** A net whose readings are drawn: the bench's run, or a lane of a race with one of its seeds. */
export interface MeteredNet {
  id: string
  name: string
  /** Whose colour it has. */
  lane: number
  run: RunConfig
  /** The same object for as long as the net is the same; it grows in place. */
  history: ReadingHistory
}

/** Whether there is anything to draw of these nets. */
export function isRead(nets: readonly MeteredNet[]): boolean {
  return nets.some(({ history }) => history.last)
}

/** The net with most units: one steps through its units where several are drawn. */
export function deepest(nets: readonly MeteredNet[]): MeteredNet | undefined {
  const units = ({ history }: MeteredNet) => history.last?.units.length ?? 0
  return nets.reduce<MeteredNet | undefined>(
    (best, net) => (best && units(best) >= units(net) ? best : net),
    undefined,
  )
}
