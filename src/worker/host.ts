import type { CheckpointStore } from '../archive/checkpoints'
import { checkLimits } from '../autograd/program'
import { Sampler } from '../data/sampler'
import { type AdapterInfo, GpuUnavailable } from '../gpu/device'
import type { Change } from '../run/adjustment'
import { fitting } from '../train/fit'
import { errandOf } from '../train/loop'
import { Meters } from '../train/meters'
import { trainableNetwork } from '../train/network'
import { slowStep } from '../train/slow'
import { type NamedTensors, Trainer } from '../train/trainer'
import { isOutdated, type TuningStore } from '../tuning/table'
import { Autosave } from './autosave'
import type { Connection } from './connection'
import { cure } from './cure'
import { Keeper } from './keeper'
import { Kernels } from './kernels'
import { forkRun, type OpenedRun, openCheckpoint, openRun } from './opening'
import { GET_AND_TRY_AGAIN, type Pictures } from './pictures'
import { StepProfiler } from './profiler'
import type { Event, Phase, TrainingCommand } from './protocol'
import {
  adjust,
  checkpointOf,
  costOf,
  pastSteps,
  restOf,
  type Session,
  startFrom,
  stepOf,
  type Training,
  trainingOf,
} from './session'
import { LOSS_DELAY_MS, TaskLine } from './task-line'

/**
 * The page's run: takes commands, trains, and tells the page. It drives itself by the GPU's
 * completion, so it goes on in a hidden tab.
 */
export class TrainingHost {
  private session: Session | undefined
  /** Weights of a file, until a run is configured to start from its seed. */
  private openedWeights: NamedTensors | undefined
  private readonly autosave: Autosave
  private readonly keeper: Keeper
  private readonly kernels: Kernels
  private readonly line = new TaskLine((error) => this.fail(error))
  /** The signal meter of the session's run. */
  private readonly meters = new Meters({
    reading: (_, reading) => this.post({ type: 'meter', id: this.session!.id, reading }),
    meterStatus: (_, status) => this.post({ type: 'meter-status', id: this.session!.id, status }),
  })

  constructor(
    private readonly connection: Connection,
    private readonly pictures: Pictures,
    private readonly post: (event: Event) => void,
    openStore: () => Promise<CheckpointStore | undefined>,
    tuningStore: TuningStore,
  ) {
    this.autosave = new Autosave(openStore, post)
    this.keeper = new Keeper(this.autosave, post)
    this.kernels = new Kernels(tuningStore)
  }

  /** Handles a command after those before it; a pause takes effect at once. */
  handle(command: TrainingCommand): Promise<void> {
    const interrupts = command.type === 'pause' || command.type === 'configure'
    if (interrupts) this.line.requestStop()
    return this.line.enqueue(() => this.execute(command))
  }

  /** Pauses and frees the GPU; the run goes on from where it is, to the bit. */
  park(): Promise<void> {
    return this.line.enqueue(async () => {
      await this.line.stop()
      const { session } = this
      if (!session?.training) return
      const { trainer, logbook } = session.training
      // A run that diverged has steps whose figures were not taken, and does not go on.
      if (logbook.length === trainer.step) session.start = await checkpointOf(session)
      this.release(session)
      delete session.training
    })
  }

  private async execute(command: TrainingCommand): Promise<void> {
    switch (command.type) {
      case 'configure':
        await this.line.stop()
        return this.configure(command)
      case 'train':
        return this.begin((session) => this.train(session, Number.POSITIVE_INFINITY))
      case 'step':
        return this.begin((session) => this.train(session, 1))
      case 'profile':
        return this.begin((session) => this.profile(session))
      case 'slow-step':
        return this.begin((session) => this.stepSlowly(session))
      case 'pause':
        return this.line.stop()
      case 'adjust':
        return this.adjust(command.id, command.change)
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
        if (this.line.busy) this.autosave.request()
        else if (this.session) await this.keeper.keepAgain(this.session)
        return
      case 'meter':
        return this.meter(command.id, command.every)
      case 'read-meter':
        return this.readMeter(command.id)
      default:
        command satisfies never
    }
  }

  private async adjust(id: number, change: Change): Promise<void> {
    const { session } = this
    if (session?.id !== id) return
    this.post({ type: 'adjusted', id, adjustment: adjust(session, change) })
    if (!this.line.busy) await this.keeper.keep(session)
  }

  private async meter(id: number, every: number | null): Promise<void> {
    if (this.session?.id !== id) return
    this.meters.setEvery(every)
    if (!this.line.busy) await this.meters.settle()
  }

  private async readMeter(id: number): Promise<void> {
    const { session, meters } = this
    if (session?.id !== id || session.deviceLost) return
    if (this.line.busy) return meters.ask()
    try {
      if (!session.training) {
        await this.prepare(session)
        this.phase(restOf(session))
      }
      meters.ask()
      await meters.settle()
    } catch (error) {
      await this.failTraining(session, error)
    }
  }

  private configure(command: Extract<TrainingCommand, { type: 'configure' }>): void {
    const { id, key, run, keepWeights } = command
    if (!keepWeights) this.openedWeights = undefined
    const before = this.session
    this.meters.setEvery(null)
    const sameRun = before?.training && JSON.stringify(before.run) === JSON.stringify(run)
    if (sameRun && !this.outdated(before.training!)) {
      const { trainer, tuning } = before.training!
      trainer.reset()
      this.session = {
        id,
        key,
        run,
        network: before.network,
        ...startFrom(this.openedWeights, before.network),
      }
      this.session.training = { ...trainingOf(this.session, trainer, this.post), tuning }
      this.tellKernels(this.session)
    } else {
      this.release(before)
      this.session = undefined
      try {
        const network = trainableNetwork(run)
        this.session = { id, key, run, network, ...startFrom(this.openedWeights, network) }
      } catch (error) {
        this.postFailure(id, 0, error)
        return
      }
    }
    this.postPlan(this.session)
    this.phase({ phase: 'idle' })
  }

  private postPlan({ id, network }: Session): void {
    this.post({ type: 'planned', id, cost: costOf(network) })
  }

  private begin(work: (session: Session) => Promise<void>): void {
    const { session } = this
    if (!session) return
    const task = () =>
      work(session)
        .then(() => true)
        .catch((error) => this.failTraining(session, error))
    this.line.begin(task, (rests) => (rests ? this.rest(session) : this.handOut()))
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
    if (!this.line.stopRequested) this.phase({ phase: 'training', step })
    const end = await this.drive(session, training, steps)
    this.phase({ phase: end, step: training.trainer.step })
  }

  private async profile(session: Session): Promise<void> {
    const training = session.training ?? (await this.prepare(session))
    const { step } = training.trainer
    if (!this.line.stopRequested) this.phase({ phase: 'profiling', step })
    const { rates } = await this.connection.get()
    const profiler = new StepProfiler(training.trainer, await rates())
    const end = await this.drive(session, training, profiler.steps, () => profiler.makeStep())
    const { profile } = profiler
    if (profile) this.post({ type: 'profile', id: session.id, profile })
    this.phase({ phase: end, step: training.trainer.step })
  }

  private async stepSlowly(session: Session): Promise<void> {
    const training = session.training ?? (await this.prepare(session))
    const { trainer } = training
    const { gpu, cache } = await this.connection.get()
    let end: 'finished' | 'paused' = 'paused'
    const makeStep = async () => {
      if (!this.line.stopRequested) this.phase({ phase: 'training', step: trainer.step })
      end = await this.drive(session, training, 1)
    }
    const slow = await slowStep(gpu, cache, trainer, makeStep, (done, total) =>
      this.phase({ phase: 'compiling', done, total }),
    )
    const classes = this.pictures.source(session.run.data).classNames
    if (slow) this.post({ type: 'slow-step', id: session.id, slow, classes })
    this.phase({ phase: end, step: trainer.step })
  }

  /** Makes so many steps, or as many as there are until a pause or the run's end. */
  private async drive(
    session: Session,
    { trainer, loop, tuning }: Training,
    steps: number,
    makeStep?: () => Promise<void>,
  ): Promise<'finished' | 'paused'> {
    const target = trainer.step + steps
    this.autosave.begin()
    const stopped = () => this.line.stopRequested || trainer.step >= target
    const errands = [this.keeper.errand(session), this.meters, ...(tuning ? [tuning] : [])]
    const end = await loop.run(stopped, errandOf(errands), makeStep)
    return end === 'finished' ? 'finished' : 'paused'
  }

  /** Compiles the session's network on the GPU, telling how far it is. */
  private async prepare(session: Session): Promise<Training> {
    session.deviceLost = false
    const source = this.pictures.source(session.run.data)
    const connected = await this.connection.get()
    const { gpu, cache } = connected
    await this.chooseKernels(session, gpu.info)
    const sampler = new Sampler(source, session.run)
    const trainer = await Trainer.create(gpu, cache, session.network, sampler, (done, total) =>
      this.phase({ phase: 'compiling', done, total }),
    )
    const tuning = this.kernels.tune(connected, trainer, () => this.tellKernels(this.session))
    session.training = { ...trainingOf(session, trainer, this.post), tuning }
    this.tellKernels(session)
    await this.meters.begin({ gpu, cache, tracks: [{ trainer }] })
    return session.training
  }

  private async chooseKernels(session: Session, adapter: AdapterInfo): Promise<void> {
    await this.kernels.load(adapter)
    const choose = this.kernels.choice(adapter, session.start)
    if (!isOutdated(session.network, choose)) return
    session.network = trainableNetwork(session.run, { choose })
    this.postPlan(session)
  }

  /** True where a start would take other kernels than these, and there is thus more to reset. */
  private outdated({ trainer }: Training): boolean {
    return isOutdated(trainer.network, this.kernels.choice(trainer.adapter))
  }

  private tellKernels(session: Session | undefined): void {
    if (!session?.training) return
    const { adapter, network } = session.training.trainer
    const kernels = this.kernels.status(adapter, network, session.start)
    this.post({ type: 'kernels', id: session.id, kernels })
  }

  /** Frees what a session has on the GPU. */
  private release(session: Session | undefined): void {
    this.meters.release()
    session?.training?.tuning?.stop()
    session?.training?.trainer.destroy()
  }

  /** After training: what it led to is told and kept, unless it goes on already. */
  private async rest(session: Session): Promise<void> {
    if (this.line.busy || session !== this.session) return
    try {
      await this.meters.settle()
      await this.keeper.rest(session)
    } catch (error) {
      await this.failTraining(session, error)
    }
  }

  private async handOut(): Promise<void> {
    if (!this.line.busy) await this.keeper.handOut(this.session)
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
    await this.line.stop()
    this.meters.setEvery(null)
    this.release(this.session)
    const { network, start, weightsOnly, fromSeed } = opened
    const { run, step, evaluations, adjustments, tensors } = start
    this.session = { id, key, run, network, start }
    this.openedWeights = step === 0 ? tensors : undefined
    const steps = pastSteps(start)
    const origin = step === 0 || weightsOnly ? { weightsOf: name } : {}
    const rest = { ...(fromSeed ? { fromSeed } : {}), ...(adjustments ? { adjustments } : {}) }
    this.post({ type: 'restored', id, key, run, steps, evaluations, ...origin, ...rest })
    this.postPlan(this.session)
    this.phase(restOf(this.session))
    await this.keeper.tellWeights(this.session, start)
  }

  /** Throws where an opened run could not train here. */
  private async checkFit({ network, weightsOnly }: OpenedRun): Promise<void> {
    if (!weightsOnly) this.pictures.source(network.run.data, GET_AND_TRY_AGAIN)
    const connected = await this.connection.get().catch(() => undefined)
    if (!connected) return
    const { device } = connected.gpu
    await fitting(network.run, device, () => checkLimits(network.memory, device.limits))
  }

  /** The device went away: what was on it is gone, and the next run takes a new one. */
  lose({ message }: GPUDeviceLostInfo): void {
    const { session } = this
    if (!session || !(session.training || this.line.busy)) return
    this.line.requestStop()
    const step = stepOf(session)
    this.meters.release()
    session.training?.tuning?.stop()
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
