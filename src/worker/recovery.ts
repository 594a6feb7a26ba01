import { GpuUnavailable } from '../gpu/device'
import type { SetBackCause } from './protocol'

/** How long a device's loss may be told after what it broke. */
const LOSS_DELAY_MS = 200

/** What trains on a device that can be lost. */
export interface Trainee {
  /** How far it is: a number that rises with every step. */
  place(): number
  /** Frees what it had on the device, and is where it was at its last checkpoint. */
  goBack(): void
  /** True where the user wants it to rest. */
  stopRequested(): boolean
  /** It has gone back, and goes on from there or rests. */
  wentBack(why: SetBackCause): void
}

/**
 * Brings what trains over the loss of its device: it goes back to its last checkpoint and goes on
 * by itself on a new device. Where it is lost again before another checkpoint was made, it rests,
 * and the user chooses.
 */
export class Recovery {
  private reason: string | undefined
  private working = 0
  /** Where it was after the last loss in the middle of work. */
  private last: number | undefined

  constructor(private readonly trainee: Trainee) {}

  /** True from a loss until it has gone back: what is done on the lost device comes to nothing. */
  get lost(): boolean {
    return this.reason !== undefined
  }

  /** The device was lost; `reason` is a sentence. */
  lose(reason: string): void {
    this.reason ??= reason
    if (this.working === 0) this.goBackAtRest(reason)
  }

  /**
   * Does some work on the GPU, and does it again where the device was lost under it. False where it
   * rests instead; rejects with faults that are not the device's.
   */
  async lasting(work: () => Promise<void>): Promise<boolean> {
    let recovering = false
    this.working++
    try {
      for (;;) {
        const fault = await faultOf(work)
        if (fault) await new Promise((resolve) => setTimeout(resolve, LOSS_DELAY_MS))
        const { reason } = this
        if (reason !== undefined) recovering = this.goBack(reason)
        else if (!fault) return true
        else if (recovering && fault.error instanceof GpuUnavailable) {
          recovering = this.rest(fault.error.message)
        } else throw fault.error
        if (!recovering) return false
      }
    } finally {
      this.working--
    }
  }

  /** True where it goes on. */
  private goBack(reason: string): boolean {
    const { trainee } = this
    trainee.goBack()
    this.reason = undefined
    const place = trainee.place()
    if (place === this.last) return this.rest(reason, 'repeated')
    this.last = place
    if (trainee.stopRequested()) return this.rest(reason)
    trainee.wentBack({ reason, outcome: 'continues' })
    return true
  }

  private rest(reason: string, outcome: 'rests' | 'repeated' = 'rests'): false {
    this.trainee.wentBack({ reason, outcome })
    return false
  }

  /** There is nothing to tell where the last checkpoint is where it rests. */
  private goBackAtRest(reason: string): void {
    const place = this.trainee.place()
    this.trainee.goBack()
    this.reason = undefined
    if (this.trainee.place() < place) this.rest(reason)
  }
}

async function faultOf(work: () => Promise<void>): Promise<{ error: unknown } | undefined> {
  try {
    await work()
    return undefined
  } catch (error) {
    return { error }
  }
}
