import { newRunId } from '../archive/record'
import type { ComparisonConfig } from '../run/comparison'
import type { Errand } from '../train/loop'
import { type Ground, LaneFault, Race, type RaceRecord } from '../train/race'
import { Autosave } from './autosave'
import type { Connection } from './connection'
import { cure } from './cure'
import type { Stores } from './desk'
import { refusalOf } from './opening'
import { GET_AND_TRY_AGAIN, type Pictures } from './pictures'
import type { Event, SetBackCause } from './protocol'
import { RaceAutosave } from './race-autosave'
import type { RaceCommand, RacePhase } from './race-protocol'
import { RaceReporter } from './race-reporter'
import { Recovery } from './recovery'
import { KEPT_RACE } from './revival'
import { TaskLine } from './task-line'
import { knownWrong } from './tuning-store'

/** A race that the page has configured, as far as it has come. */
interface Session {
  id: number
  key: string
  race: Race
  reporter: RaceReporter
  /** Brings it over the loss of its device. */
  recovery: Recovery
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
      const { session } = this
      if (this.line.busy) this.autosave.request()
      else if (session && this.autosave.failed)
        await this.lasting(session, () => this.save(session))
    })
  }

  /** Pauses and frees the GPU; the race goes on from where it is, to the bit. */
  park(): Promise<void> {
    return this.line.enqueue(async () => {
      await this.line.stop()
      const { session } = this
      if (session) await this.lasting(session, () => session.race.park())
    })
  }

  /** The device went away, and what was on it is gone. */
  lose(reason: string): void {
    this.session?.recovery.lose(reason)
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
        return this.resumeLast(command)
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
    if (session?.id !== id || session.race.finished) return
    const { race, reporter } = session
    if (this.line.busy) return race.meters.ask()
    await this.lasting(session, async () => {
      const { onDevice } = race
      await race.readMeters(await this.ground(race))
      if (!onDevice) reporter.phase(restOf(race))
    })
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
    const race = new Race(comparison, reporter, record)
    const recovery = new Recovery({
      place: () => race.seedIndex * comparison.train.steps + stepOf(race),
      goBack: () => race.destroy(),
      stopRequested: () => this.line.stopRequested,
      wentBack: (why) => this.tellSetBack(session, why),
    })
    const session = { id, key, race, reporter, recovery }
    this.session = session
  }

  private begin(rounds: number): void {
    const { session } = this
    if (!session || session.race.finished) return
    const target = stepOf(session.race) + rounds
    const task = () => this.lasting(session, () => this.trainTo(session, target))
    this.line.begin(task, (rests) => (rests ? this.rest(session) : Promise.resolve()))
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

  /** To so many steps of the lane that has made most with the seed that trains. */
  private async trainTo(session: Session, step: number): Promise<void> {
    const { race, reporter, recovery } = session
    const ground = await this.ground(race)
    this.autosave.begin()
    const stopped = () => this.line.stopRequested || recovery.lost
    await race.run(ground, step - stepOf(race), stopped, this.errand(session))
    if (!recovery.lost) reporter.phase(restOf(race))
  }

  private async ground({ comparison }: Race): Promise<Ground> {
    const source = await this.pictures.source(comparison.data)
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
    const { race } = session
    const step = stepOf(race)
    await this.lasting(session, async () => {
      // What a loss of the device has cost is made again.
      if (stepOf(race) < step) await this.trainTo(session, step)
      await race.meters.settle()
      await this.tellAndSave(session)
    })
  }

  private async tellAndSave({ key, race, reporter }: Session): Promise<void> {
    const since = performance.now()
    const record = await race.record()
    const { seedIndex } = race
    if (!race.finished) await reporter.tellWeights(seedIndex, record.results[seedIndex] ?? [])
    await this.autosave.save(key, record, since)
  }

  private async resumeLast({
    race: id,
    after,
  }: Extract<RaceCommand, { type: 'race-resume-last' }>): Promise<void> {
    let record: RaceRecord
    try {
      record = await this.autosave.read(after?.key)
      await this.pictures.source(record.comparison.data, GET_AND_TRY_AGAIN)
    } catch (error) {
      const { message, remedy } = refusalOf(error)
      this.post({ type: 'refused', name: KEPT_RACE, message, remedy })
      return
    }
    await this.line.stop()
    const { key = newRunId(), comparison } = record
    this.replace(id, key, comparison, record)
    const { race, reporter } = this.session!
    if (after) reporter.wentBack({ ...after.cause, step: stepOf(race) }, record)
    else await reporter.replay(key, record)
    this.autosave.withdraw()
    reporter.phase(restOf(race))
  }

  private tellSetBack({ race, reporter }: Session, why: SetBackCause): void {
    reporter.wentBack({ ...why, step: stepOf(race) }, race.lastRecord)
    if (why.outcome !== 'continues') reporter.phase(restOf(race))
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

function restOf({ finished, seedIndex, steps }: Race): RacePhase {
  if (finished) return { phase: 'finished' }
  const begun = seedIndex > 0 || steps.some((step) => step > 0)
  return begun ? { phase: 'paused', seedIndex } : { phase: 'idle' }
}

/** Steps of the lane that has made most with the seed that trains. */
function stepOf({ steps }: Race): number {
  return Math.max(...steps)
}
