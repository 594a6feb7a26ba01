import type { AdapterRates } from '../train/rates'
import type { Trainer } from '../train/trainer'
import type { StepProfile } from './protocol'

/** Makes the steps of a profile: the last one is timed, and never the first since compiling. */
export class StepProfiler {
  /** How many steps it makes. */
  readonly steps: number
  /** Known once all steps have been made. */
  profile: StepProfile | undefined
  private made = 0

  constructor(
    private readonly trainer: Trainer,
    private readonly rates: AdapterRates,
  ) {
    const left = trainer.network.run.train.steps - trainer.step
    this.steps = trainer.warm || left < 2 ? 1 : 2
  }

  async makeStep(): Promise<void> {
    if (++this.made < this.steps) return this.trainer.trainStep()
    const { step, timing } = this.trainer
    const startedAt = performance.timeOrigin + performance.now()
    const launches = await this.trainer.profileStep(timing)
    this.profile = { step, startedAt, timing, rates: this.rates, launches }
  }
}
