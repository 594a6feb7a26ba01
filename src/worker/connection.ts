import { type Gpu, GpuUnavailable } from '../gpu/device'
import { PipelineCache } from '../gpu/pipelines'
import { type AdapterRates, measureRates } from '../train/rates'
import type { Event } from './protocol'

/** A browser whose GPU process has just ended needs a moment for another one. */
const RETRIES_MS = [500, 1000, 2000]

export interface Connected {
  gpu: Gpu
  cache: PipelineCache
  /** Measured when it is first asked for, on an idle device. */
  rates(): Promise<AdapterRates>
}

/** The way to a GPU, opened when it is first needed and again after it was lost. */
export class Connection {
  private connected: Promise<Connected> | undefined
  private retries: readonly number[] = []

  constructor(
    private readonly open: () => Promise<Gpu>,
    private readonly post: (event: Event) => void,
    /** Hears in a sentence why the device that there was is of no use any more. */
    private readonly onLost: (reason: string) => void,
  ) {}

  get(): Promise<Connected> {
    this.connected ??= this.connect()
    return this.connected
  }

  private async connect(): Promise<Connected> {
    this.post({ type: 'device', device: { state: 'connecting' } })
    try {
      const gpu = await this.reopen()
      this.watch(gpu.device)
      this.post({ type: 'device', device: { state: 'ready', ...gpu.info } })
      const cache = new PipelineCache(gpu.device)
      let measured: Promise<AdapterRates> | undefined
      const rates = () => {
        measured ??= measureRates(gpu, cache)
        return measured
      }
      return { gpu, cache, rates }
    } catch (error) {
      this.connected = undefined
      const remedy = error instanceof GpuUnavailable ? error.remedy : 'Reload the page.'
      const reason = error instanceof Error ? error.message : String(error)
      this.post({ type: 'device', device: { state: 'unavailable', reason, remedy } })
      throw error
    }
  }

  /** A complaint that nobody waited for means that a command was not done: nothing after it counts. */
  private watch(device: GPUDevice): void {
    let complaint: string | undefined
    device.addEventListener('uncapturederror', ({ error }) => {
      complaint ??= `The GPU reported an error: ${error.message}`
      // Dawn waits for this callback to return before it destroys a device.
      setTimeout(() => device.destroy())
    })
    device.lost.then(({ message }) => {
      this.connected = undefined
      this.retries = RETRIES_MS
      this.onLost(complaint ?? `The GPU was lost (${message || 'no reason given'}).`)
    })
  }

  private async reopen(): Promise<Gpu> {
    for (const delay of this.retries) {
      try {
        return await this.open()
      } catch {
        await new Promise((resolve) => setTimeout(resolve, delay))
      }
    }
    return this.open()
  }
}
