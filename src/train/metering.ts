import { DoesNotFit } from '../autograd/program'
import type { Gpu } from '../gpu/device'
import type { PipelineCache } from '../gpu/pipelines'
import type { Errand } from './loop'
import type { Meter } from './meter'
import type { MeterReading, MeterStatus } from './meter-reading'
import type { Trainer } from './trainer'

export interface MeterListener {
  reading(reading: MeterReading): void
  status(status: MeterStatus): void
}

/** A page's first load goes without it. */
const loadMeter = () => import('./meter')

const LOST = 'Training goes on without the meter; switch it on again to try once more.'

/**
 * Reads a trainer between its steps: before each whose number is a multiple of `every`, unless that
 * is null, and when asked. A meter that cannot be made says so once and leaves the training alone.
 */
export class Metering implements Errand {
  private meter: Meter | undefined
  private state: 'compiling' | 'ready' | 'failed' | 'off' = 'compiling'
  /** A meter is being made or read: it is freed after that. */
  private working = false
  private asked = false
  private readAt = -1

  constructor(
    private readonly gpu: Gpu,
    private readonly cache: PipelineCache,
    private readonly trainer: Trainer,
    private every: number | null,
    private readonly listener: MeterListener,
  ) {}

  /** Compiles; the trainer may make steps meanwhile, and nothing is due. */
  async compile(): Promise<void> {
    try {
      const { Meter } = await loadMeter()
      await Meter.compile(this.cache, this.trainer.network.run, (done, total) => {
        if (this.state === 'compiling') this.tell({ state: 'compiling', done, total })
      })
      if (this.state === 'compiling') this.state = 'ready'
    } catch (error) {
      this.fail(error)
    }
  }

  setEvery(every: number | null): void {
    this.every = every
    this.tellOn()
  }

  /** True where the meter could not be made or read. */
  get failed(): boolean {
    return this.state === 'failed'
  }

  /** Asks for one reading. */
  ask(): void {
    this.asked = true
  }

  due(): boolean {
    return this.state === 'ready' && (this.asked || !this.meter || this.periodic)
  }

  /**
   * Reads; makes the meter before where there is none yet. The device must be idle. What is switched
   * off meanwhile reads nothing more.
   */
  async run(): Promise<void> {
    this.working = true
    try {
      if (!this.meter) {
        const { Meter } = await loadMeter()
        this.meter = await Meter.create(this.gpu, this.cache, this.trainer)
        this.tellOn()
      }
      if (!this.due()) return
      this.asked = false
      this.readAt = this.trainer.step
      const reading = await this.meter.read()
      if (this.state === 'ready') this.listener.reading(reading)
    } catch (error) {
      this.fail(error)
    } finally {
      this.working = false
      if (this.state !== 'ready') this.free()
    }
  }

  /** Frees what it has on the GPU, for good: at once, or once it has been read. */
  stop(): void {
    this.end('off')
    this.tell({ state: 'off' })
  }

  /** The trainer leaves the GPU: the same, but a fault that was told stays. */
  release(): void {
    if (!this.failed) this.stop()
  }

  private get periodic(): boolean {
    const { step, network } = this.trainer
    const { every, readAt } = this
    return every !== null && step % every === 0 && step !== readAt && step < network.run.train.steps
  }

  private tellOn(): void {
    const { every, meter } = this
    if (meter && this.state === 'ready') this.tell({ state: 'on', every, bytes: meter.bytes })
  }

  private fail(error: unknown): void {
    if (this.state === 'off') return
    this.end('failed')
    const message = error instanceof Error ? error.message : String(error)
    this.tell({
      state: 'failed',
      message,
      remedy: error instanceof DoesNotFit ? error.remedy : LOST,
    })
  }

  private end(state: 'failed' | 'off'): void {
    this.state = state
    if (!this.working) this.free()
  }

  private free(): void {
    this.meter?.destroy()
    this.meter = undefined
  }

  private tell(status: MeterStatus): void {
    this.listener.status(status)
  }
}
