import { type Gpu, GpuUnavailable } from '../gpu/device'
import { PipelineCache } from '../gpu/pipelines'
import { type AdapterRates, measureRates } from '../train/rates'
import type { Event } from './protocol'

export interface Connected {
  gpu: Gpu
  cache: PipelineCache
  /** Measured when it is first asked for, on an idle device. */
  rates(): Promise<AdapterRates>
}

/** The way to a GPU, opened when it is first needed and again after it was lost. */
export class Connection {
  private connected: Promise<Connected> | undefined

  constructor(
    private readonly open: () => Promise<Gpu>,
    private readonly post: (event: Event) => void,
    private readonly onLost: (info: GPUDeviceLostInfo) => void,
  ) {}

  get(): Promise<Connected> {
    this.connected ??= this.connect()
    return this.connected
  }

  private async connect(): Promise<Connected> {
    this.post({ type: 'device', device: { state: 'connecting' } })
    try {
      const gpu = await this.open()
      gpu.device.lost.then((info) => {
        this.connected = undefined
        this.onLost(info)
      })
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
}
