import {
  type Adjustment,
  adjusted,
  type Change,
  changeBetween,
  liveSettings,
} from '../run/adjustment'
import type { RunConfig, TrainConfig } from '../run/config'

/** How long the settings must stand still to take effect: a number that is typed passes others. */
const DELAY_MS = 600

/** The settings that a run goes on with after these changes. */
export function runAsAdjusted(run: RunConfig, changes: readonly Change[]): RunConfig {
  return { ...run, train: adjusted(run.train, changes) }
}

/** Sends what changes live in the settings of a run to it, once they have come to stand. */
export class LiveSettings {
  /** All that has been sent for the run, and what it had before. */
  private known: readonly Change[] = []
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly run: () => { wanted: TrainConfig; trained: TrainConfig } | undefined,
    private readonly send: (change: Change) => void,
  ) {}

  /** Another run is there, with these adjustments so far. */
  begin(adjustments: readonly Adjustment[]): void {
    clearTimeout(this.timer)
    this.known = adjustments
  }

  /** The settings have changed. */
  edited(): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.flush(), DELAY_MS)
  }

  /** Sends at once what has not been. */
  flush(): void {
    clearTimeout(this.timer)
    const run = this.run()
    if (!run) return
    const from = liveSettings(adjusted(run.trained, this.known))
    const change = changeBetween(from, liveSettings(run.wanted))
    if (Object.keys(change).length === 0) return
    this.known = [...this.known, change]
    this.send(change)
  }
}
