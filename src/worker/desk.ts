import { type CheckpointStore, openCheckpoints } from '../archive/checkpoints'
import { openRaceStore, type RaceStore } from '../archive/last-race'
import type { Gpu } from '../gpu/device'
import type { TuningStore } from '../tuning/table'
import { Connection } from './connection'
import { TrainingHost } from './host'
import { Pictures } from './pictures'
import type { Command, Event } from './protocol'
import { RaceHost } from './race-host'
import { isRaceCommand, isRaceEvent } from './race-protocol'
import { browserTuning } from './tuning-store'

const BEGINNINGS = new Set<Command['type']>([
  ...(['train', 'step', 'slow-step', 'profile', 'read-meter'] as const),
  ...(['race-train', 'race-step', 'race-read-meter'] as const),
])

interface Host<C> {
  handle(command: C): Promise<void>
  park(): Promise<void>
}

export interface Stores {
  checkpoints(): Promise<CheckpointStore | undefined>
  race(): Promise<RaceStore | undefined>
}

const PRIVATE_FILES: Stores = { checkpoints: openCheckpoints, race: openRaceStore }

/** What is not kept. */
const NOWHERE: Stores = { checkpoints: async () => undefined, race: async () => undefined }

/**
 * The training side of the protocol. The page's run, its race and the nets of a lesson share the
 * pictures and the GPU: whichever is told to train has the GPU to itself, and the other one keeps
 * its place off it.
 */
export class TrainingDesk {
  private readonly connection: Connection
  private readonly pictures: Pictures
  private readonly runs: TrainingHost
  private readonly races: RaceHost
  /** The nets of a lesson, which are not kept. */
  private readonly lessons: RaceHost
  /** Ends once the GPU has been handed over to whom it was promised. */
  private handover: Promise<void> = Promise.resolve()

  constructor(
    open: () => Promise<Gpu>,
    post: (event: Event) => void,
    stores = PRIVATE_FILES,
    tuning: TuningStore = browserTuning,
  ) {
    this.connection = new Connection(open, post, (reason) => {
      for (const host of [this.runs, this.races, this.lessons]) host.lose(reason)
    })
    this.pictures = new Pictures(post)
    this.runs = new TrainingHost(this.connection, this.pictures, post, stores.checkpoints, tuning)
    this.races = new RaceHost(this.connection, this.pictures, post, stores)
    const postLesson = (event: Event) => {
      if (isRaceEvent(event)) post({ type: 'lesson', event })
    }
    this.lessons = new RaceHost(this.connection, this.pictures, postLesson, NOWHERE)
  }

  /** Asks for the GPU, for what CIFAR-10 this browser has kept, and for the race that it has. */
  async start(): Promise<void> {
    this.connection.get().catch(() => {})
    await Promise.all([this.races.offer(), this.pictures.restore()])
  }

  /** Handles a command after those before it that are about the same; a pause at once. */
  async handle(command: Command): Promise<void> {
    switch (command.type) {
      case 'load-data':
      case 'cancel-load':
      case 'remove-data':
        return this.pictures.handle(command)
      case 'keep':
        await Promise.all([this.runs.handle(command), this.races.keep()])
        return
    }
    if (command.type === 'lesson') await this.pass(command.command, this.lessons)
    else if (isRaceCommand(command)) await this.pass(command, this.races)
    else await this.pass(command, this.runs)
  }

  /** Hands a command on, and where it begins to train, the GPU before it. */
  private async pass<C extends Command>(command: C, to: Host<C>): Promise<void> {
    if (BEGINNINGS.has(command.type)) {
      const hosts = [this.runs, this.races, this.lessons]
      const others = hosts.filter((host) => host !== to)
      this.handover = this.handover.then(async () => {
        await Promise.all(others.map((host) => host.park()))
      })
    }
    await this.handover
    await to.handle(command)
  }
}
