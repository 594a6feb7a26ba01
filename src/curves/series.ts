import type { MetricsHistory } from './history'
import type { Pace } from './positions'

/** One line of a chart: a lane, or an old run beside it. */
export interface CurveSeries extends Pace {
  id: string
  name: string
  /** Which of the lanes' colours, dashes and markers; they repeat after the last. */
  lane: number
  /** One a seed; several are drawn as their median and a band. */
  histories: readonly MetricsHistory[]
  /** Drawn faintly, as what others are compared with. */
  muted?: boolean
}
