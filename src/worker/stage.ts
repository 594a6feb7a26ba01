import { Sampler } from '../data/sampler'
import type { AdapterInfo } from '../gpu/device'
import { Meters } from '../train/meters'
import { trainableNetwork } from '../train/network'
import { Trainer } from '../train/trainer'
import { isOutdated, type TuningStore } from '../tuning/table'
import type { Connection } from './connection'
import { Kernels } from './kernels'
import type { Pictures } from './pictures'
import type { Event } from './protocol'
import { costOf, type Session, type Training, trainingOf } from './session'

/** Puts the session's run on the GPU, with its kernels and its signal meter, and takes it off. */
export class Stage {
  /** The signal meter of the session's run. */
  readonly meters: Meters
  private readonly kernels: Kernels

  constructor(
    private readonly connection: Connection,
    private readonly pictures: Pictures,
    private readonly post: (event: Event) => void,
    tuningStore: TuningStore,
    /** The page's session. */
    private readonly current: () => Session | undefined,
  ) {
    this.kernels = new Kernels(tuningStore)
    const id = () => current()!.id
    this.meters = new Meters({
      reading: (_, reading) => post({ type: 'meter', id: id(), reading }),
      meterStatus: (_, status) => post({ type: 'meter-status', id: id(), status }),
    })
  }

  /** Compiles the session's network on the GPU, telling how far it is. */
  async prepare(
    session: Session,
    onProgress: (done: number, total: number) => void,
  ): Promise<Training> {
    const source = await this.pictures.source(session.run.data)
    const connected = await this.connection.get()
    const { gpu, cache } = connected
    await this.chooseKernels(session, gpu.info)
    const sampler = new Sampler(source, session.run)
    const trainer = await Trainer.create(gpu, cache, session.network, sampler, onProgress)
    const tuning = this.kernels.tune(connected, trainer, () => this.tellKernels(this.current()))
    session.training = { ...trainingOf(session, trainer, this.post), tuning }
    this.tellKernels(session)
    await this.meters.begin({ gpu, cache, tracks: [{ trainer }] })
    return session.training
  }

  /** Frees what a session has on the GPU. */
  release(session: Session | undefined): void {
    this.meters.release()
    session?.training?.tuning?.stop()
    session?.training?.trainer.destroy()
  }

  /** True where a start would take other kernels than these, and there is thus more to reset. */
  outdated({ trainer }: Training): boolean {
    return isOutdated(trainer.network, this.kernels.choice(trainer.adapter))
  }

  tellPlan({ id, network }: Session): void {
    this.post({ type: 'planned', id, cost: costOf(network) })
  }

  tellKernels(session: Session | undefined): void {
    if (!session?.training) return
    const { adapter, network } = session.training.trainer
    const kernels = this.kernels.status(adapter, network, session.start)
    this.post({ type: 'kernels', id: session.id, kernels })
  }

  private async chooseKernels(session: Session, adapter: AdapterInfo): Promise<void> {
    if (session.trainedOn === adapter.name) return
    await this.kernels.load(adapter)
    const choose = this.kernels.choice(adapter, session.start)
    if (!isOutdated(session.network, choose)) return
    session.network = trainableNetwork(session.run, { choose })
    this.tellPlan(session)
  }
}
