import { DoesNotFit } from '../autograd/program'
import type { ImageSource } from '../data/images'
import { Sampler } from '../data/sampler'
import { shapes10 } from '../data/shapes10'
import { type Gpu, GpuUnavailable } from '../gpu/device'
import { PipelineCache } from '../gpu/pipelines'
import type { RunConfig } from '../run/config'
import { Diverged, type Listener, type TimedStep, TrainingLoop } from '../train/loop'
import { type TrainableNetwork, trainableNetwork } from '../train/network'
import { Trainer } from '../train/trainer'
import { CifarLoader } from './cifar-loader'
import type { Command, Event, Phase } from './protocol'
import { Throughput } from './throughput'

/** A run that the page has configured, as far as it has come. */
interface Session {
  id: number
  run: RunConfig
  network: TrainableNetwork
  trainer?: Trainer
  loop?: TrainingLoop
  /** What it had on the GPU is gone; it starts again from step 0. */
  deviceLost?: boolean
}

/** How long a device's loss may be told after what it broke. */
const LOSS_DELAY_MS = 200

interface Connection {
  gpu: Gpu
  cache: PipelineCache
}

/**
 * The training side of the protocol: takes commands, trains, and tells the page. It drives itself
 * by the GPU's completion, so it goes on in a hidden tab.
 */
export class TrainingHost {
  private session: Session | undefined
  private connection: Promise<Connection> | undefined
  private readonly loader: CifarLoader
  /** The training that is under way, if any; it never rejects. */
  private running: Promise<void> | undefined
  private stopRequested = false
  /** Commands are handled one after another. */
  private queue: Promise<void> = Promise.resolve()

  constructor(
    private readonly open: () => Promise<Gpu>,
    private readonly post: (event: Event) => void,
  ) {
    this.loader = new CifarLoader((data) => post({ type: 'data', data }))
  }

  /** Asks for the GPU and for what CIFAR-10 this browser has kept. */
  async start(): Promise<void> {
    this.connect().catch(() => {})
    await this.loader.restore()
  }

  /** Handles a command after those before it; a pause takes effect at once. */
  handle(command: Command): Promise<void> {
    const interrupts = command.type === 'pause' || command.type === 'configure'
    if (interrupts) this.stopRequested = true
    this.queue = this.queue.then(() => this.execute(command)).catch((error) => this.fail(error))
    return this.queue
  }

  private async execute(command: Command): Promise<void> {
    switch (command.type) {
      case 'configure':
        await this.running
        return this.configure(command.id, command.run)
      case 'train':
        return this.begin(Number.POSITIVE_INFINITY)
      case 'step':
        return this.begin(1)
      case 'pause':
        return this.running
      case 'load-data':
        this.loader.load(command.source)
        return
      case 'cancel-load':
        return this.loader.cancel()
      case 'remove-data':
        return this.loader.remove()
      default:
        command satisfies never
    }
  }

  private configure(id: number, run: RunConfig): void {
    const before = this.session
    const sameRun = before?.trainer && JSON.stringify(before.run) === JSON.stringify(run)
    if (sameRun) {
      before.id = id
      before.trainer!.reset()
      this.attachLoop(before)
    } else {
      before?.trainer?.destroy()
      this.session = undefined
      try {
        this.session = { id, run, network: trainableNetwork(run) }
      } catch (error) {
        this.postFailure(id, 0, error)
        return
      }
    }
    const { memory, parts } = this.session!.network
    const cost = { gpuBytes: memory.bytes, dispatches: parts.training.length }
    this.post({ type: 'planned', id, cost })
    this.phase({ phase: 'idle' })
  }

  private begin(steps: number): void {
    const { session } = this
    if (this.running || !session) return
    this.stopRequested = false
    this.running = this.train(session, steps)
      .catch((error) => this.failTraining(session, error))
      .finally(() => {
        this.running = undefined
      })
  }

  /** A lost device breaks the work on it before the loss is told; then `lose` speaks, once. */
  private async failTraining(session: Session, error: unknown): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, LOSS_DELAY_MS))
    if (!session.deviceLost) this.fail(error)
  }

  private async train(session: Session, steps: number): Promise<void> {
    const trainer = session.trainer ?? (await this.prepare(session))
    const target = trainer.step + steps
    if (!this.stopRequested) this.phase({ phase: 'training', step: trainer.step })
    const end = await session.loop!.run(() => this.stopRequested || trainer.step >= target)
    this.phase({ phase: end === 'finished' ? 'finished' : 'paused', step: trainer.step })
  }

  /** Compiles the session's network on the GPU, telling how far it is. */
  private async prepare(session: Session): Promise<Trainer> {
    session.deviceLost = false
    const source = this.source(session.run)
    const { gpu, cache } = await this.connect()
    const sampler = new Sampler(source, session.run)
    const trainer = await Trainer.create(gpu, cache, session.network, sampler, (done, total) =>
      this.phase({ phase: 'compiling', done, total }),
    )
    session.trainer = trainer
    this.attachLoop(session)
    return trainer
  }

  private source({ data }: RunConfig): ImageSource {
    if (data.name === 'shapes10') return shapes10()
    const missing = this.loader.source.missing(data.train, data.validation)
    if (missing.length > 0) {
      throw new DoesNotFit(
        `CIFAR-10 is not here yet: this run needs the training files ${missing.join(', ')}.`,
        'Get CIFAR-10 first, or train on the built-in pictures.',
      )
    }
    return this.loader.source
  }

  private attachLoop(session: Session): void {
    session.loop = new TrainingLoop(session.trainer!, this.listener(session))
  }

  private listener(session: Session): Listener {
    const { id, run } = session
    const throughput = new Throughput(run.train.steps, run.train.batchSize)
    return {
      steps: (records) => {
        this.post({ type: 'steps', id, steps: columns(records) })
        const { step, seconds } = records.at(-1)!
        this.post({ type: 'progress', id, progress: throughput.after(step + 1, seconds) })
      },
      evaluating: (done, total) => {
        const step = session.trainer!.step
        this.phase({ phase: 'evaluating', step, done, total })
      },
      evaluation: (step, result) => {
        this.post({ type: 'evaluation', id, evaluation: { step, ...result } })
        if (step < run.train.steps) this.phase({ phase: 'training', step })
      },
    }
  }

  private connect(): Promise<Connection> {
    this.connection ??= this.openConnection()
    return this.connection
  }

  private async openConnection(): Promise<Connection> {
    this.post({ type: 'device', device: { state: 'connecting' } })
    try {
      const gpu = await this.open()
      gpu.device.lost.then((info) => this.lose(info))
      this.post({ type: 'device', device: { state: 'ready', ...gpu.info } })
      return { gpu, cache: new PipelineCache(gpu.device) }
    } catch (error) {
      this.connection = undefined
      const remedy = error instanceof GpuUnavailable ? error.remedy : 'Reload the page.'
      const reason = error instanceof Error ? error.message : String(error)
      this.post({ type: 'device', device: { state: 'unavailable', reason, remedy } })
      throw error
    }
  }

  /** The device went away: what was on it is gone, and the next run takes a new one. */
  private lose({ message }: GPUDeviceLostInfo): void {
    this.stopRequested = true
    this.connection = undefined
    const { session } = this
    if (!session) return
    const step = session.trainer?.step ?? 0
    delete session.trainer
    delete session.loop
    session.deviceLost = true
    const reason = new GpuUnavailable(
      `The GPU was lost (${message || 'no reason given'}).`,
      'Reset starts again from step 0 on a new device; lower the batch size if this repeats.',
    )
    this.postFailure(session.id, step, reason)
  }

  private phase(phase: Phase): void {
    if (this.session) this.post({ type: 'phase', id: this.session.id, phase })
  }

  private fail(error: unknown): void {
    if (!this.session) throw error
    this.postFailure(this.session.id, this.session.trainer?.step ?? 0, error)
  }

  private postFailure(id: number, step: number, error: unknown): void {
    const message = error instanceof Error ? error.message : String(error)
    this.post({ type: 'phase', id, phase: { phase: 'failed', step, message, remedy: cure(error) } })
  }
}

function cure(error: unknown): string {
  if (error instanceof DoesNotFit || error instanceof GpuUnavailable) return error.remedy
  if (error instanceof Diverged) return 'Lower the learning rate, or give it a warm-up, and reset.'
  return 'Change the settings or reset; if it comes back, reload the page.'
}

function columns(records: readonly TimedStep[]) {
  return {
    first: records[0]!.step,
    loss: Float32Array.from(records, ({ loss }) => loss),
    correct: Uint32Array.from(records, ({ correct }) => correct),
    learningRate: Float64Array.from(records, ({ learningRate }) => learningRate),
    seconds: Float64Array.from(records, ({ seconds }) => seconds),
  }
}
