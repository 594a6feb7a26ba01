import { newRunId } from '../archive/record'
import { GpuUnavailable } from '../gpu/device'
import type { ComparisonConfig } from '../run/comparison'
import type { Errand } from '../train/loop'
import { type Ground, LaneFault, Race, type RaceRecord } from '../train/race'
import { Autosave } from './autosave'
import type { Connection } from './connection'
import { cure } from './cure'
import type { Stores } from './desk'
import { refusalOf } from './opening'
import { GET_AND_TRY_AGAIN, type Pictures } from './pictures'
import type { Event } from './protocol'
import { RaceAutosave } from './race-autosave'
import type { RaceCommand, RacePhase } from './race-protocol'
import { RaceReporter } from './race-reporter'
import { LOSS_DELAY_MS, TaskLine } from './task-line'
import { knownWrong } from './tuning-store'

const THE_KEPT_RACE = 'Your last comparison'

/** A race that the page has configured, as far as it has come. */
interface Session {
  id: number
  key: string
  race: Race
  reporter: RaceReporter
  /** What it had on the GPU is gone: only what was kept can go on. */
  deviceLost?: boolean
}

/** The page's race: takes commands, trains the lanes, and tells the page. */
export class RaceHost {
  private session: Session | undefined
  private readonly autosave: RaceAutosave
  private readonly line = new TaskLine((error) => this.fail(error))

  constructor(
    private readonly connection: Connection,
    private readonly pictures: Pictures,
    private readonly post: (event: Event) => void,
    stores: Pick<Stores, 'race' | 'checkpoints'>,
  ) {
    this.autosave = new RaceAutosave(stores.race, new Autosave(stores.checkpoints, post), post)
  }

  /** Offers the race that this browser has kept. */
  offer(): Promise<void> {
    return this.line.enqueue(() => this.autosave.offer())
  }

  /** Handles a command after those before it; a pause takes effect at once. */
  handle(command: RaceCommand): Promise<void> {
    const interrupts = command.type === 'race-pause' || command.type === 'race-configure'
    if (interrupts) this.line.requestStop()
    return this.line.enqueue(() => this.execute(command))
  }

  /** The page may go away, or there is room again. */
  keep(): Promise<void> {
    return this.line.enqueue(async () => {
      if (this.line.busy) this.autosave.request()
      else if (this.session && this.autosave.failed) await this.save(this.session)
    })
  }

  /** Pauses and frees the GPU; the race goes on from where it is, to the bit. */
  park(): Promise<void> {
    return this.line.enqueue(async () => {
      await this.line.stop()
      await this.session?.race.park()
    })
  }

  /** The device went away, and what was on it is gone. */
  lose({ message }: GPUDeviceLostInfo): void {
    const { session } = this
    if (!session || !(session.race.onDevice || this.line.busy)) return
    this.line.requestStop()
    session.deviceLost = true
    this.failWith(
      new GpuUnavailable(
        `The GPU was lost (${message || 'no reason given'}).`,
        'Resume your last comparison, or reset; take fewer lanes if this repeats.',
      ),
    )
    this.offer()
  }

  private async execute(command: RaceCommand): Promise<void> {
    switch (command.type) {
      case 'race-configure':
        await this.line.stop()
        this.replace(command.race, command.key, command.comparison)
        this.session!.reporter.planned()
        return this.session!.reporter.phase({ phase: 'idle' })
      case 'race-train':
        return this.begin(Number.POSITIVE_INFINITY)
      case 'race-step':
        return this.begin(command.steps)
      case 'race-pause':
        return this.line.stop()
      case 'race-resume-last':
        return this.resumeLast(command.race)
      case 'race-discard-last':
        return this.autosave.discard()
      case 'race-meter':
        return this.meter(command.race, command.every)
      case 'race-read-meter':
        return this.readMeters(command.race)
      default:
        command satisfies never
    }
  }

  private async meter(id: number, every: number | null): Promise<void> {
    if (this.session?.id !== id) return
    const { meters } = this.session.race
    meters.setEvery(every)
    if (!this.line.busy) await meters.settle()
  }

  private async readMeters(id: number): Promise<void> {
    const { session } = this
    if (session?.id !== id || session.deviceLost || session.race.finished) return
    const { race, reporter } = session
    if (this.line.busy) return race.meters.ask()
    try {
      const { onDevice } = race
      await race.readMeters(await this.ground(race))
      if (!onDevice) reporter.phase(begun(race) ? restOf(race) : { phase: 'idle' })
    } catch (error) {
      await this.failTraining(session, error)
    }
  }

  private replace(
    id: number,
    key: string,
    comparison: ComparisonConfig,
    record?: RaceRecord,
  ): void {
    this.session?.race.destroy()
    const reporter = new RaceReporter(id, comparison, this.post, (seedIndex, lanes) =>
      this.autosave.saveLanes(key, seedIndex, lanes),
    )
    this.session = { id, key, race: new Race(comparison, reporter, record), reporter }
  }

  private begin(rounds: number): void {
    const { session } = this
    if (!session || session.deviceLost || session.race.finished) return
    const task = () =>
      this.train(session, rounds)
        .then(() => true)
        .catch((error) => this.failTraining(session, error))
    this.line.begin(task, (rests) => (rests ? this.rest(session) : Promise.resolve()))
  }

  private async train(session: Session, rounds: number): Promise<void> {
    const { race, reporter } = session
    const ground = await this.ground(race)
    this.autosave.begin()
    await race.run(ground, rounds, () => this.line.stopRequested, this.errand(session))
    reporter.phase(restOf(race))
  }

  private async ground({ comparison }: Race): Promise<Ground> {
    const source = this.pictures.source(comparison.data)
    const { gpu, cache } = await this.connection.get()
    return { gpu, cache, source, winners: {}, wrong: await knownWrong(gpu.info) }
  }

  /** What there is to do between two steps: the autosave. */
  private errand(session: Session): Errand {
    return { due: () => this.autosave.due, run: () => this.save(session) }
  }

  private async save({ key, race }: Session): Promise<void> {
    const since = performance.now()
    await this.autosave.save(key, await race.record(), since)
  }

  /** After training: what it led to is told and kept, unless it goes on already. */
  private async rest(session: Session): Promise<void> {
    if (this.line.busy || session !== this.session) return
    const { key, race, reporter } = session
    await race.meters.settle()
    const since = performance.now()
    const record = await race.record()
    const { seedIndex } = race
    if (!race.finished) await reporter.tellWeights(seedIndex, record.results[seedIndex] ?? [])
    await this.autosave.save(key, record, since)
  }

  private async resumeLast(id: number): Promise<void> {
    let record: RaceRecord
    try {
      record = await this.autosave.read()
      this.pictures.source(record.comparison.data, GET_AND_TRY_AGAIN)
    } catch (error) {
      const { message, remedy } = refusalOf(error)
      this.post({ type: 'refused', name: THE_KEPT_RACE, message, remedy })
      return
    }
    await this.line.stop()
    const { key = newRunId(), comparison } = record
    this.replace(id, key, comparison, record)
    const { race, reporter } = this.session!
    await reporter.replay(key, record)
    this.autosave.withdraw()
    reporter.phase(restOf(race))
  }

  /** A lost device breaks the work on it before the loss is told; then `lose` speaks, once. */
  private async failTraining(session: Session, error: unknown): Promise<false> {
    await new Promise((resolve) => setTimeout(resolve, LOSS_DELAY_MS))
    if (!session.deviceLost) this.fail(error)
    return false
  }

  private fail(error: unknown): void {
    if (!this.session) throw error
    if (error instanceof LaneFault) {
      const {
        id: race,
        race: { seedIndex, steps },
      } = this.session
      const { lane, message, remedy } = error
      const state = { state: 'failed', step: steps[lane]!, message, remedy } as const
      this.post({ type: 'race-lane', race, lane, seedIndex, state })
    }
    this.failWith(error)
  }

  /** Tells the fault and frees the GPU. */
  private failWith(error: unknown): void {
    const { race, reporter } = this.session!
    race.destroy()
    const message = error instanceof Error ? error.message : String(error)
    reporter.phase({ phase: 'failed', message, remedy: cure(error) })
  }
}

function restOf({ finished, seedIndex }: Race): RacePhase {
  return finished ? { phase: 'finished' } : { phase: 'paused', seedIndex }
}

function begun({ seedIndex, steps }: Race): boolean {
  return seedIndex > 0 || steps.some((step) => step > 0)
}
