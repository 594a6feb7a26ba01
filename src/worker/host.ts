import type { CheckpointStore } from '../archive/checkpoints'
import { checkLimits } from '../autograd/program'
import type { Change } from '../run/adjustment'
import { fitting } from '../train/fit'
import { errandOf } from '../train/loop'
import { trainableNetwork } from '../train/network'
import { startOf } from '../train/start'
import type { NamedTensors } from '../train/trainer'
import type { TuningStore } from '../tuning/table'
import { Autosave } from './autosave'
import type { Connection } from './connection'
import { cure } from './cure'
import { Keeper } from './keeper'
import { forkRun, type OpenedRun, openCheckpoint, openRun } from './opening'
import { GET_AND_TRY_AGAIN, type Pictures } from './pictures'
import { StepProfiler } from './profiler'
import type { Event, Phase, SetBackCause, TrainingCommand } from './protocol'
import { Recovery } from './recovery'
import {
  adjust,
  checkpointOf,
  goBack,
  pastOf,
  restOf,
  restoredRun,
  type Session,
  startFrom,
  stepOf,
  type Training,
  trainingOf,
} from './session'
import { Stage } from './stage'
import { TaskLine } from './task-line'

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
  private readonly stage: Stage
  private readonly line = new TaskLine((error) => this.fail(error))

  constructor(
    private readonly connection: Connection,
    private readonly pictures: Pictures,
    private readonly post: (event: Event) => void,
    openStore: () => Promise<CheckpointStore | undefined>,
    tuningStore: TuningStore,
  ) {
    this.autosave = new Autosave(openStore, post)
    this.keeper = new Keeper(this.autosave, post)
    this.stage = new Stage(connection, pictures, post, tuningStore, () => this.session)
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
      if (!session) return
      await this.lasting(session, async () => {
        if (!session.training) return
        const { trainer, logbook } = session.training
        // A run that diverged has steps whose figures were not taken, and does not go on.
        if (logbook.length === trainer.step) session.start = await checkpointOf(session)
        this.stage.release(session)
        delete session.training
      })
    })
  }

  private async execute(command: TrainingCommand): Promise<void> {
    switch (command.type) {
      case 'configure':
        await this.line.stop()
        return this.configure(command)
      case 'train':
        return this.begin((session) => this.trainTo(session, session.run.train.steps))
      case 'step':
        return this.begin((session, step) => this.trainTo(session, step + 1))
      case 'profile':
        return this.begin((session, step) => this.profile(session, step))
      case 'slow-step':
        return this.begin((session, step) => this.stepSlowly(session, step))
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
        return this.keep((session) => this.keeper.keepAgain(session))
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
    await this.keep(() => this.keeper.keep(session))
  }

  /** Between the next two steps, or `atRest`. */
  private async keep(atRest: (session: Session) => Promise<void>): Promise<void> {
    const { session } = this
    if (this.line.busy) this.autosave.request()
    else if (session) await this.lasting(session, () => atRest(session))
  }

  private async meter(id: number, every: number | null): Promise<void> {
    if (this.session?.id !== id) return
    this.stage.meters.setEvery(every)
    if (!this.line.busy) await this.stage.meters.settle()
  }

  private async readMeter(id: number): Promise<void> {
    const { session } = this
    const { meters } = this.stage
    if (session?.id !== id) return
    if (this.line.busy) return meters.ask()
    await this.lasting(session, async () => {
      if (!session.training) {
        await this.prepare(session)
        this.phase(restOf(session))
      }
      meters.ask()
      await meters.settle()
    })
  }

  private configure(command: Extract<TrainingCommand, { type: 'configure' }>): void {
    const { id, key, run, keepWeights } = command
    if (!keepWeights) this.openedWeights = undefined
    const before = this.session
    this.stage.meters.setEvery(null)
    const sameRun = before?.training && JSON.stringify(before.run) === JSON.stringify(run)
    if (sameRun && !this.stage.outdated(before.training!)) {
      const { trainer, tuning } = before.training!
      trainer.reset()
      const { network } = before
      const start = startFrom(this.openedWeights, network)
      this.session = this.sessionOf({ id, key, run, network, ...start })
      this.session.training = { ...trainingOf(this.session, trainer, this.post), tuning }
      this.stage.tellKernels(this.session)
    } else {
      this.stage.release(before)
      this.session = undefined
      try {
        const network = trainableNetwork(run)
        const start = startFrom(this.openedWeights, network)
        this.session = this.sessionOf({ id, key, run, network, ...start })
      } catch (error) {
        this.postFailure(id, 0, error)
        return
      }
    }
    this.stage.tellPlan(this.session)
    this.phase({ phase: 'idle' })
  }

  private sessionOf(begun: Omit<Session, 'recovery'>): Session {
    const recovery = new Recovery({
      place: () => stepOf(session),
      goBack: () => {
        this.stage.release(session)
        goBack(session)
      },
      stopRequested: () => this.line.stopRequested,
      wentBack: (why) => this.tellSetBack(session, why),
    })
    const session: Session = { ...begun, recovery }
    return session
  }

  /** Compiles the session's network on the GPU, telling how far it is. */
  private prepare(session: Session): Promise<Training> {
    return this.stage.prepare(session, (done, total) =>
      this.phase({ phase: 'compiling', done, total }),
    )
  }

  /** Begins a task; `work` hears after how many steps. */
  private begin(work: (session: Session, step: number) => Promise<void>): void {
    const { session } = this
    if (!session) return
    const step = stepOf(session)
    const task = () => this.lasting(session, () => work(session, step))
    this.line.begin(task, (rests) => (rests ? this.rest(session) : this.handOut()))
  }

  /** Does work that outlasts a loss of the device. False where it came to nothing, which is told. */
  private async lasting({ recovery }: Session, work: () => Promise<void>): Promise<boolean> {
    try {
      return await recovery.lasting(work)
    } catch (error) {
      this.fail(error)
      return false
    }
  }

  private async trainTo(session: Session, target: number): Promise<void> {
    const training = session.training ?? (await this.prepare(session))
    const { step } = training.trainer
    if (!this.line.stopRequested) this.phase({ phase: 'training', step })
    const end = await this.drive(session, training, target)
    this.phase({ phase: end, step: training.trainer.step })
  }

  /** Makes the steps again that a loss of the device has cost. */
  private async catchUp(session: Session, step: number): Promise<void> {
    if (stepOf(session) < step) await this.trainTo(session, step)
  }

  private async profile(session: Session, from: number): Promise<void> {
    await this.catchUp(session, from)
    const training = session.training ?? (await this.prepare(session))
    const { step } = training.trainer
    if (!this.line.stopRequested) this.phase({ phase: 'profiling', step })
    const { rates } = await this.connection.get()
    const profiler = new StepProfiler(training.trainer, await rates())
    const target = step + profiler.steps
    const end = await this.drive(session, training, target, () => profiler.makeStep())
    const { profile } = profiler
    if (profile) this.post({ type: 'profile', id: session.id, profile })
    this.phase({ phase: end, step: training.trainer.step })
  }

  private async stepSlowly(session: Session, from: number): Promise<void> {
    await this.catchUp(session, from)
    const training = session.training ?? (await this.prepare(session))
    const { trainer } = training
    const { gpu, cache } = await this.connection.get()
    const { slowStep } = await import('../train/slow')
    let end: 'finished' | 'paused' = 'paused'
    const makeStep = async () => {
      if (!this.line.stopRequested) this.phase({ phase: 'training', step: trainer.step })
      end = await this.drive(session, training, trainer.step + 1)
    }
    const slow = await slowStep(gpu, cache, trainer, makeStep, (done, total) =>
      this.phase({ phase: 'compiling', done, total }),
    )
    const { classNames: classes } = await this.pictures.source(session.run.data)
    if (slow) this.post({ type: 'slow-step', id: session.id, slow, classes })
    this.phase({ phase: end, step: trainer.step })
  }

  /** Trains to a step, or as far as a pause, the run's end or a loss of the device lets it. */
  private async drive(
    session: Session,
    { trainer, loop, tuning }: Training,
    target: number,
    makeStep?: () => Promise<void>,
  ): Promise<'finished' | 'paused'> {
    const { recovery } = session
    this.autosave.begin()
    const reached = () => trainer.step >= target && trainer.step < session.run.train.steps
    const stopped = () => this.line.stopRequested || recovery.lost || reached()
    const errands = [this.keeper.errand(session), this.stage.meters, ...(tuning ? [tuning] : [])]
    const end = await loop.run(stopped, errandOf(errands), makeStep)
    return end === 'finished' ? 'finished' : 'paused'
  }

  /** After training: what it led to is told and kept, unless it goes on already. */
  private async rest(session: Session): Promise<void> {
    if (this.line.busy || session !== this.session) return
    const step = stepOf(session)
    await this.lasting(session, async () => {
      await this.catchUp(session, step)
      await this.stage.meters.settle()
      await this.keeper.rest(session)
    })
  }

  private async handOut(): Promise<void> {
    if (!this.line.busy) await this.keeper.handOut(this.session)
  }

  /** Puts an opened run in the place of the session's, or says why not and leaves that alone. */
  private async take(
    { id, key, setBack: cause }: { id: number; key: string; setBack?: SetBackCause },
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
    this.stage.meters.setEvery(null)
    this.stage.release(this.session)
    const { network, start } = opened
    const { run, step, tensors } = start
    this.session = this.sessionOf({ id, key, run, network, start })
    this.openedWeights = step === 0 ? tensors : undefined
    if (cause) this.post({ type: 'set-back', id, setBack: { ...cause, step }, ...pastOf(start) })
    else this.post({ type: 'restored', id, ...restoredRun(key, name, opened) })
    this.stage.tellPlan(this.session)
    this.phase(restOf(this.session))
    await this.keeper.tellWeights(this.session, start)
  }

  /** Throws where an opened run could not train here. */
  private async checkFit({ network, weightsOnly }: OpenedRun): Promise<void> {
    if (!weightsOnly) await this.pictures.source(network.run.data, GET_AND_TRY_AGAIN)
    const connected = await this.connection.get().catch(() => undefined)
    if (!connected) return
    const { device } = connected.gpu
    await fitting(network.run, device, () => checkLimits(network.memory, device.limits))
  }

  /** The device went away, and what was on it is gone. */
  lose(reason: string): void {
    this.session?.recovery.lose(reason)
  }

  private tellSetBack(session: Session, why: SetBackCause): void {
    const { id, start = startOf(session.network) } = session
    const setBack = { ...why, step: start.step }
    this.post({ type: 'set-back', id, setBack, ...pastOf(start) })
    if (why.outcome !== 'continues') this.phase(restOf(session))
  }

  private phase(phase: Phase): void {
    const { session } = this
    if (session && !session.recovery.lost) this.post({ type: 'phase', id: session.id, phase })
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
