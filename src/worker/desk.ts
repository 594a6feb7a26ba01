import { type CheckpointStore, openCheckpoints } from '../archive/checkpoints'
import { openRaceStore, type RaceStore } from '../archive/last-race'
import type { Gpu } from '../gpu/device'
import type { TuningStore } from '../tuning/table'
import { Connection } from './connection'
import { TrainingHost } from './host'
import { Pictures } from './pictures'
import type { Command, Event } from './protocol'
import { RaceHost } from './race-host'
import { isRaceCommand } from './race-protocol'
import { browserTuning } from './tuning-store'

const BEGINNINGS = new Set<Command['type']>(['train', 'step', 'profile', 'race-train', 'race-step'])

export interface Stores {
  checkpoints(): Promise<CheckpointStore | undefined>
  race(): Promise<RaceStore | undefined>
}

const PRIVATE_FILES: Stores = { checkpoints: openCheckpoints, race: openRaceStore }

/**
 * The training side of the protocol. The page's run and its race share the pictures and the GPU:
 * whichever is told to train has the GPU to itself, and the other one keeps its place off it.
 */
export class TrainingDesk {
  private readonly connection: Connection
  private readonly pictures: Pictures
  private readonly runs: TrainingHost
  private readonly races: RaceHost
  /** Ends once the GPU has been handed over to whom it was promised. */
  private handover: Promise<void> = Promise.resolve()

  constructor(
    open: () => Promise<Gpu>,
    post: (event: Event) => void,
    stores = PRIVATE_FILES,
    tuning: TuningStore = browserTuning,
  ) {
    this.connection = new Connection(open, post, (info) => {
      this.runs.lose(info)
      this.races.lose(info)
    })
    this.pictures = new Pictures(post)
    this.runs = new TrainingHost(this.connection, this.pictures, post, stores.checkpoints, tuning)
    this.races = new RaceHost(this.connection, this.pictures, post, stores.race)
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
    const forRace = isRaceCommand(command)
    if (BEGINNINGS.has(command.type)) {
      const other = forRace ? this.runs : this.races
      this.handover = this.handover.then(() => other.park())
    }
    await this.handover
    await (forRace ? this.races.handle(command) : this.runs.handle(command))
  }
}
