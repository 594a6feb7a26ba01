import { DoesNotFit, Program } from '../autograd/program'
import type { Gpu } from '../gpu/device'
import type { PipelineCache } from '../gpu/pipelines'
import type { RunConfig } from '../run/config'
import { lossGradients } from '../shaders/loss-scale/loss-scale'
import { withStorage } from '../shaders/storage'
import { byteLength } from '../shaders/tensor'
import { figuresOf } from './meter-figures'
import { type MeterNetwork, meterNetwork } from './meter-network'
import type { MeterReading } from './meter-reading'
import { Pieces } from './pieces'
import type { Trainer } from './trainer'

const PART = 'reading'

/**
 * The signal meter of a trainer: a program of its own, which computes the trainer's next step on the
 * same weights, pictures and random draws, and changes nothing of the trainer's.
 */
export class Meter {
  private readonly pieces: Pieces

  private constructor(
    private readonly gpu: Gpu,
    private readonly trainer: Trainer,
    private readonly network: MeterNetwork,
    private readonly program: Program<typeof PART>,
  ) {
    const { launches, feeds, run } = network
    program.write(feeds.lossGradient, lossGradients(run.train.batchSize))
    const costs = launches.map(({ reads, writes, flops = 0 }) =>
      [...reads, ...writes].reduce((sum, { type }) => sum + byteLength(type), flops),
    )
    this.pieces = new Pieces(costs)
  }

  /** Compiles ahead what the meter of a run needs. */
  static async compile(
    cache: PipelineCache,
    run: RunConfig,
    onProgress: (done: number, total: number) => void,
  ): Promise<void> {
    await cache.compile(meterNetwork(run).launches.map(withStorage), onProgress)
  }

  /**
   * Allocates, and compiles what has not been; the device must be otherwise idle. Throws
   * `DoesNotFit` where there is no room for it beside the run.
   */
  static async create(gpu: Gpu, cache: PipelineCache, trainer: Trainer): Promise<Meter> {
    const network = meterNetwork(trainer.network.run)
    try {
      const parts = { [PART]: network.launches }
      const program = await Program.create(gpu, cache, network.memory, parts, () => {})
      return new Meter(gpu, trainer, network, program)
    } catch (error) {
      if (!(error instanceof DoesNotFit)) throw error
      const remedy = 'Training goes on without the meter; with a smaller batch it may fit.'
      throw new DoesNotFit(`The signal meter: ${error.message}`, remedy)
    }
  }

  /** Bytes of all its GPU buffers. */
  get bytes(): number {
    return this.program.bytes
  }

  /** Reads the trainer's next step. Waits until the GPU has done the steps before it. */
  async read(): Promise<MeterReading> {
    const { gpu, trainer, network, program, pieces } = this
    await gpu.device.queue.onSubmittedWorkDone()
    const { step } = trainer
    const since = performance.now()
    trainer.lend(program, network)
    program.submit(PART, pieces.ends)
    const moments = new Float32Array(await program.read(network.moments))
    const done = performance.now()
    pieces.took(since, done)
    return { step, milliseconds: done - since, ...figuresOf(network, moments) }
  }

  destroy(): void {
    this.program.destroy()
  }
}
