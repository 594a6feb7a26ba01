import { type CheckpointStore, openCheckpoints } from '../archive/checkpoints'
import { checkLimits, DoesNotFit } from '../autograd/program'
import type { ImageSource } from '../data/images'
import { Sampler } from '../data/sampler'
import { shapes10 } from '../data/shapes10'
import { type Gpu, GpuUnavailable } from '../gpu/device'
import type { RunConfig } from '../run/config'
import type { Checkpoint } from '../train/checkpoint'
import { fitting } from '../train/fit'
import { Diverged } from '../train/loop'
import { memorySummary } from '../train/memory-summary'
import { trainableNetwork } from '../train/network'
import { misfits } from '../train/safetensors'
import { startOf } from '../train/start'
import { type NamedTensors, Trainer } from '../train/trainer'
import { Autosave } from './autosave'
import { CifarLoader } from './cifar-loader'
import { Connection } from './connection'
import { Keeper } from './keeper'
import { forkRun, type OpenedRun, openCheckpoint, openRun } from './opening'
import { StepProfiler } from './profiler'
import type { Event, Phase, RunCommand } from './protocol'
import { pastSteps, type Session, stepOf, type Training, trainingOf } from './session'

/** How long a device's loss may be told after what it broke. */
const LOSS_DELAY_MS = 200

/**
 * The training side of the protocol: takes commands, trains, and tells the page. It drives itself
 * by the GPU's completion, so it goes on in a hidden tab.
 */
export class TrainingHost {
  private session: Session | undefined
  /** Weights of a file, until a run is configured to start from its seed. */
  private openedWeights: NamedTensors | undefined
  private readonly connection: Connection
  private readonly loader: CifarLoader
  private readonly autosave: Autosave
  private readonly keeper: Keeper
  /** The training that is under way, if any; it never rejects. */
  private running: Promise<void> | undefined
  private stopRequested = false
  /** Commands are handled one after another. */
  private queue: Promise<void> = Promise.resolve()

  constructor(
    open: () => Promise<Gpu>,
    private readonly post: (event: Event) => void,
    openStore: () => Promise<CheckpointStore | undefined> = openCheckpoints,
  ) {
    this.connection = new Connection(open, post, (info) => this.lose(info))
    this.loader = new CifarLoader((data) => post({ type: 'data', data }))
    this.autosave = new Autosave(openStore, post)
    this.keeper = new Keeper(this.autosave, post)
  }

  /** Asks for the GPU, and for what CIFAR-10 this browser has kept. */
  async start(): Promise<void> {
    this.connection.get().catch(() => {})
    await this.loader.restore()
  }

  /** Handles a command after those before it; a pause takes effect at once. */
  handle(command: RunCommand): Promise<void> {
    const interrupts = command.type === 'pause' || command.type === 'configure'
    if (interrupts) this.stopRequested = true
    return this.enqueue(() => this.execute(command))
  }

  private enqueue(work: () => Promise<void>): Promise<void> {
    this.queue = this.queue.then(work).catch((error) => this.fail(error))
    return this.queue
  }

  private async execute(command: RunCommand): Promise<void> {
    switch (command.type) {
      case 'configure':
        await this.stop()
        return this.configure(command)
      case 'train':
        return this.begin((session) => this.train(session, Number.POSITIVE_INFINITY))
      case 'step':
        return this.begin((session) => this.train(session, 1))
      case 'profile':
        return this.begin((session) => this.profile(session))
      case 'pause':
        return this.stop()
      case 'load-data':
        this.loader.load(command.source)
        return
      case 'cancel-load':
        return this.loader.cancel()
      case 'remove-data':
        return this.loader.remove()
      case 'save':
        this.keeper.ask(command.what)
        return this.handOut()
      case 'open': {
        const { file, run } = command
        const read = async () => openRun(new Uint8Array(await file.arrayBuffer()), run)
        return this.take(command, file.name, read)
      }
      case 'resume':
        return this.take(command, command.name, async () =>
          openCheckpoint(await this.autosave.read(command.key)),
        )
      case 'fork':
        return this.take(command, command.name, async () =>
          forkRun(await this.autosave.read(command.from), command.run),
        )
      case 'keep':
        if (this.running) this.autosave.request()
        else if (this.session) await this.keeper.keepAgain(this.session)
        return
      default:
        command satisfies never
    }
  }

  private async stop(): Promise<void> {
    this.stopRequested = true
    await this.running
  }

  private configure(command: Extract<RunCommand, { type: 'configure' }>): void {
    const { id, key, run, keepWeights } = command
    if (!keepWeights) this.openedWeights = undefined
    const before = this.session
    const sameRun = before?.training && JSON.stringify(before.run) === JSON.stringify(run)
    if (sameRun) {
      const { trainer } = before.training!
      trainer.reset()
      this.session = { id, key, run, network: before.network, ...this.openedStart(before.network) }
      this.session.training = trainingOf(this.session, trainer, this.post)
    } else {
      before?.training?.trainer.destroy()
      this.session = undefined
      try {
        const network = trainableNetwork(run)
        this.session = { id, key, run, network, ...this.openedStart(network) }
      } catch (error) {
        this.postFailure(id, 0, error)
        return
      }
    }
    this.postPlan(this.session)
    this.phase({ phase: 'idle' })
  }

  private openedStart(network: Session['network']): { start?: Checkpoint } {
    if (!this.openedWeights) return {}
    const problems = misfits(network.parameters.plans, this.openedWeights)
    if (problems.length === 0) return { start: startOf(network, this.openedWeights) }
    throw new DoesNotFit(
      `The opened weights do not fit this net: ${problems[0]}.`,
      'Reset starts from the seed.',
    )
  }

  private postPlan({ id, network }: Session): void {
    const { memory, parts } = network
    const cost = {
      gpuBytes: memory.bytes,
      dispatches: parts.training.length,
      memory: memorySummary(network),
    }
    this.post({ type: 'planned', id, cost })
  }

  private begin(work: (session: Session) => Promise<void>): void {
    const { session } = this
    if (this.running || !session) return
    this.stopRequested = false
    this.running = work(session)
      .then(() => true)
      .catch((error) => this.failTraining(session, error))
      .then((rests) => {
        this.running = undefined
        this.enqueue(() => (rests ? this.rest(session) : this.handOut()))
      })
  }

  /** A lost device breaks the work on it before the loss is told; then `lose` speaks, once. */
  private async failTraining(session: Session, error: unknown): Promise<false> {
    await new Promise((resolve) => setTimeout(resolve, LOSS_DELAY_MS))
    if (!session.deviceLost) this.fail(error)
    return false
  }

  private async train(session: Session, steps: number): Promise<void> {
    const training = session.training ?? (await this.prepare(session))
    const { step } = training.trainer
    if (!this.stopRequested) this.phase({ phase: 'training', step })
    const end = await this.drive(session, training, steps)
    this.phase({ phase: end, step: training.trainer.step })
  }

  private async profile(session: Session): Promise<void> {
    const training = session.training ?? (await this.prepare(session))
    const { step } = training.trainer
    if (!this.stopRequested) this.phase({ phase: 'profiling', step })
    const { rates } = await this.connection.get()
    const profiler = new StepProfiler(training.trainer, await rates())
    const end = await this.drive(session, training, profiler.steps, () => profiler.makeStep())
    const { profile } = profiler
    if (profile) this.post({ type: 'profile', id: session.id, profile })
    this.phase({ phase: end, step: training.trainer.step })
  }

  /** Makes so many steps, or as many as there are until a pause or the run's end. */
  private async drive(
    session: Session,
    { trainer, loop }: Training,
    steps: number,
    makeStep?: () => Promise<void>,
  ): Promise<'finished' | 'paused'> {
    const target = trainer.step + steps
    this.autosave.begin()
    const stopped = () => this.stopRequested || trainer.step >= target
    const end = await loop.run(stopped, this.keeper.errand(session), makeStep)
    return end === 'finished' ? 'finished' : 'paused'
  }

  /** Compiles the session's network on the GPU, telling how far it is. */
  private async prepare(session: Session): Promise<Training> {
    session.deviceLost = false
    const source = this.source(session.run)
    const { gpu, cache } = await this.connection.get()
    const sampler = new Sampler(source, session.run)
    const trainer = await Trainer.create(gpu, cache, session.network, sampler, (done, total) =>
      this.phase({ phase: 'compiling', done, total }),
    )
    session.training = trainingOf(session, trainer, this.post)
    return session.training
  }

  private source(
    { data }: RunConfig,
    remedy = 'Get CIFAR-10 first, or train on the built-in pictures.',
  ): ImageSource {
    if (data.name === 'shapes10') return shapes10()
    const missing = this.loader.source.missing(data.train, data.validation)
    if (missing.length === 0) return this.loader.source
    throw new DoesNotFit(
      `CIFAR-10 is not here yet: this run needs the training files ${missing.join(', ')}.`,
      remedy,
    )
  }

  /** After training: what it led to is told and kept, unless it goes on already. */
  private async rest(session: Session): Promise<void> {
    if (this.running || session !== this.session) return
    try {
      await this.keeper.rest(session)
    } catch (error) {
      await this.failTraining(session, error)
    }
  }

  private async handOut(): Promise<void> {
    if (!this.running) await this.keeper.handOut(this.session)
  }

  /** Puts an opened run in the place of the session's, or says why not and leaves that alone. */
  private async take(
    { id, key }: { id: number; key: string },
    name: string,
    read: () => Promise<OpenedRun>,
  ): Promise<void> {
    let opened: OpenedRun
    try {
      opened = await read()
      await this.checkFit(opened)
    } catch (error) {
      this.keeper.refuse(name, error)
      return
    }
    await this.stop()
    this.session?.training?.trainer.destroy()
    const { network, start, weightsOnly, fromSeed } = opened
    const { run, step, evaluations, tensors } = start
    this.session = { id, key, run, network, start }
    this.openedWeights = step === 0 ? tensors : undefined
    const steps = pastSteps(start)
    const origin = step === 0 || weightsOnly ? { weightsOf: name } : {}
    const rest = fromSeed ? { fromSeed } : {}
    this.post({ type: 'restored', id, key, run, steps, evaluations, ...origin, ...rest })
    this.postPlan(this.session)
    if (step === 0) this.phase({ phase: 'idle' })
    else this.phase({ phase: step < run.train.steps ? 'paused' : 'finished', step })
    await this.keeper.tellWeights(this.session, start)
  }

  /** Throws where an opened run could not train here. */
  private async checkFit({ network, weightsOnly }: OpenedRun): Promise<void> {
    const remedy = 'Get CIFAR-10 (under Pictures), then try again.'
    if (!weightsOnly) this.source(network.run, remedy)
    const connected = await this.connection.get().catch(() => undefined)
    if (!connected) return
    const { device } = connected.gpu
    await fitting(network.run, device, () => checkLimits(network.memory, device.limits))
  }

  /** The device went away: what was on it is gone, and the next run takes a new one. */
  private lose({ message }: GPUDeviceLostInfo): void {
    const { session } = this
    if (!session || !(session.training || this.running)) return
    this.stopRequested = true
    const step = stepOf(session)
    delete session.training
    session.deviceLost = true
    const reason = new GpuUnavailable(
      `The GPU was lost (${message || 'no reason given'}).`,
      'Reset starts again from step 0 on a new device; lower the batch size if this repeats.',
    )
    this.postFailure(session.id, step, reason)
    this.post({ type: 'lost', id: session.id })
  }

  private phase(phase: Phase): void {
    if (this.session) this.post({ type: 'phase', id: this.session.id, phase })
  }

  private fail(error: unknown): void {
    if (!this.session) throw error
    this.postFailure(this.session.id, stepOf(this.session), error)
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
