import type { Gpu } from '../gpu/device'
import type { PipelineCache } from '../gpu/pipelines'
import type { Errand } from './loop'
import type { MeterReading, MeterStatus } from './meter-reading'
import { Metering } from './metering'
import type { Trainer } from './trainer'

export interface MetersListener {
  reading(lane: number, reading: MeterReading): void
  meterStatus(lane: number, status: MeterStatus): void
}

/** What trains on the GPU: a run is one lane. One that has an end is not read any more. */
interface Lanes {
  gpu: Gpu
  cache: PipelineCache
  tracks: readonly { readonly trainer: Trainer; readonly end?: unknown }[]
}

/** The signal meters of a run or of a race's lanes: off until they are set, or one is asked. */
export class Meters implements Errand {
  /** Undefined: off. */
  private every: number | null | undefined
  private lanes: Lanes | undefined
  private meterings: readonly Metering[] = []
  private compiled: Promise<unknown> = Promise.resolve()

  constructor(private readonly listener: MetersListener) {}

  /** Trainers have come onto the GPU; where the meters are on, they are compiled before any step. */
  async begin(lanes: Lanes): Promise<void> {
    this.lanes = lanes
    this.open()
    await this.compiled
  }

  /** The trainers leave the GPU, and the meters with them. */
  release(): void {
    for (const metering of this.meterings) metering.release()
    this.meterings = []
    this.lanes = undefined
  }

  /**
   * Reads before every step whose number is a multiple of `every`; null: off. A meter that failed is
   * tried again.
   */
  setEvery(every: number | null): void {
    this.every = every ?? undefined
    if (every === null) this.close()
    for (const metering of this.meterings) metering.setEvery(every)
    this.open()
  }

  /** Asks for one reading of every lane; a meter that failed is tried again. */
  ask(): void {
    this.every ??= null
    this.open()
    for (const metering of this.meterings) metering.ask()
  }

  due(): boolean {
    return this.openMeterings.some((metering) => metering.due())
  }

  async run(): Promise<void> {
    for (const metering of this.openMeterings) if (metering.due()) await metering.run()
  }

  /** Compiles and reads what is due now: for trainers at rest. */
  async settle(): Promise<void> {
    await this.compiled
    await this.run()
  }

  private get openMeterings(): Metering[] {
    return this.meterings.filter((_, lane) => !this.lanes!.tracks[lane]!.end)
  }

  /** Makes the meters that are not there, or that have failed. */
  private open(): void {
    const { every, lanes, listener } = this
    if (every === undefined || !lanes) return
    const { gpu, cache, tracks } = lanes
    const there = this.meterings
    this.meterings = tracks.map(({ trainer }, lane) => {
      const metering = there[lane]
      if (metering && !metering.failed) return metering
      return new Metering(gpu, cache, trainer, every, {
        reading: (reading) => listener.reading(lane, reading),
        status: (status) => listener.meterStatus(lane, status),
      })
    })
    const made = this.meterings.filter((metering) => !there.includes(metering))
    this.compiled = Promise.all([this.compiled, ...made.map((metering) => metering.compile())])
  }

  private close(): void {
    for (const metering of this.meterings) metering.stop()
    this.meterings = []
  }
}
