import type { Answers } from './answers'
import type { ContenderName } from './contenders'
import type { Seat } from './host'
import type { StepReport } from './methods'

/** One who makes the step, in a process or page of its own, with all that it has reported. */
export class Entrant {
  /** From the first step on. */
  readonly reports: StepReport[] = []
  /** Of the steps that count. */
  readonly stepMs: number[] = []
  readonly oursMs: number[] = []
  title: string
  /** Why it is not running. */
  failure: string | undefined
  firstStepWarmMs: number | undefined
  private running: Answers | undefined
  constructor(
    readonly name: ContenderName,
    private readonly seat: Seat,
  ) {
    this.title = name
  }

  /** Opens its device and makes its first step, which builds and compiles. */
  async open(): Promise<void> {
    await this.attempt(async () => {
      this.running = this.seat.start()
      this.title = await this.running.ask('title')
    })
    await this.step()
  }

  /**
   * Makes one more step, unless it has failed, and says how long it took. Where it counts, it is
   * kept with the time of our own step before it.
   */
  async step(counts = false, oursMs = Number.NaN): Promise<number | undefined> {
    if (this.failure !== undefined) return undefined
    let took: number | undefined
    await this.attempt(async () => {
      const report: StepReport = await this.running!.ask('step')
      this.reports.push(report)
      took = report.milliseconds
      if (!counts) return
      this.stepMs.push(took)
      this.oursMs.push(oursMs)
    })
    return took
  }

  /** The value of one of its methods. */
  async ask<T>(method: string): Promise<T> {
    return this.running!.ask(method)
  }

  /** The first step of a new start that finds the shaders compiled. */
  async openAgain(): Promise<void> {
    const again = this.seat.start()
    await this.attempt(async () => {
      await again.ask('title')
      const { milliseconds }: StepReport = await again.ask('step')
      this.firstStepWarmMs = milliseconds
    })
    await again.stop()
  }

  async stop(): Promise<void> {
    await this.running?.stop()
  }

  remove(): void {
    this.seat.remove()
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      this.failure = (error as Error).message
    }
  }
}
