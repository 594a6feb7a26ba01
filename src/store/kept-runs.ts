import { createStore, type StoreApi } from 'zustand/vanilla'
import type { CheckpointStore } from '../archive/checkpoints'
import type { RunDatabase } from '../archive/database'
import type { WholeRun } from '../archive/exchange'
import { noSteps, type RunRecord, type StepColumns } from '../archive/record'

/** Deleted runs of another page may still be brought back there for so long. */
const UNDO_MS = 10 * 60_000

export interface StorageUse {
  /** Bytes that the page has in the browser, and may have. */
  usage: number
  quota: number
  /** True where the browser has promised not to clear it by itself. */
  persisted: boolean
}

export interface KeptRunsState {
  /** The runs that are not deleted, the last one first; undefined until they have been read. */
  runs: readonly RunRecord[] | undefined
  /** Why this browser keeps no runs. */
  unavailable: string | undefined
  /** Why the figures of the run that is on are not written down; `full` where there is no room. */
  unwritten: { full: boolean; message: string } | undefined
  /** A run that was broken off, to go on with. */
  offer: RunRecord | undefined
  /** The run that was deleted last, until it is removed for good. */
  deleted: RunRecord | undefined
  storage: StorageUse | undefined
  /** What came of the last import. */
  imported: Imported | undefined
}

/** Runs of a file that were taken, that were here already, and that came under another id. */
export type Imported =
  | { file: string; added: number; known: number; renamed: number }
  | { file: string; problems: readonly string[] }

/** What the page asks of the browser, so that tests can give it. */
export interface BrowserStorage {
  openDatabase(): Promise<RunDatabase>
  openCheckpoints(): Promise<CheckpointStore | undefined>
  manager: Pick<StorageManager, 'estimate' | 'persist' | 'persisted'> | undefined
}

/** The runs that this browser keeps: what the page knows of them, and what it does with them. */
export class KeptRuns {
  readonly store: StoreApi<KeptRunsState> = createStore<KeptRunsState>(() => ({
    runs: undefined,
    unavailable: undefined,
    unwritten: undefined,
    offer: undefined,
    deleted: undefined,
    storage: undefined,
    imported: undefined,
  }))
  private readonly database: Promise<RunDatabase | undefined>
  private readonly checkpoints: Promise<CheckpointStore | undefined>
  /** Changes are made one after another. */
  private turn: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly browser: BrowserStorage,
    private readonly now: () => number = Date.now,
  ) {
    this.database = browser.openDatabase().catch((error: Error) => {
      this.store.setState({ runs: [], unavailable: error.message })
      return undefined
    })
    this.checkpoints = browser.openCheckpoints().catch(() => undefined)
  }

  /** Reads what there is, and offers the last run where it was broken off. */
  load(): Promise<void> {
    return this.inTurn(async (database) => {
      const all = await database.all()
      const past = this.now() - UNDO_MS
      const left = all.filter(({ deletedAt = Number.POSITIVE_INFINITY }) => deletedAt < past)
      for (const { id } of left) await this.removeForGood(database, id)
      const runs = newestFirst(all.filter(({ deletedAt }) => deletedAt === undefined))
      // A lane is gone on with in its race.
      const last = runs.find(({ group }) => !group)
      const deleted = all.find(({ deletedAt = past - 1 }) => deletedAt >= past)
      this.store.setState({ runs, offer: last && canGoOn(last) ? last : undefined, deleted })
    })
  }

  steps(id: string): Promise<StepColumns> {
    return this.database.then((database) => database?.steps(id) ?? noSteps())
  }

  /** A run with its steps, also one that is deleted and can still be brought back. */
  async whole(id: string): Promise<WholeRun | undefined> {
    const database = await this.database
    const record = await database?.get(id)
    return record && { record, steps: await this.steps(id) }
  }

  checkpoint(id: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return this.checkpoints.then((store) => store?.read(id))
  }

  /** Keeps a new run with its steps; rejects where the browser has no room, or a run of its id. */
  add(record: RunRecord, steps: StepColumns): Promise<void> {
    return this.inTurn(async (database) => {
      await database.add(record, steps)
      this.put(record)
    })
  }

  /** Changes the record of a run, if it is still there. */
  change(id: string, change: (record: RunRecord) => RunRecord): Promise<void> {
    return this.inTurn(async (database) => this.put(await database.update(id, change)))
  }

  /** Puts steps behind the first `from` of a run; false where the run is not there. */
  append(
    id: string,
    from: number,
    steps: StepColumns,
    change: (record: RunRecord) => RunRecord,
  ): Promise<boolean> {
    return this.inTurn(async (database) => {
      const changed = await database.append(id, from, steps, change)
      this.put(changed)
      return changed !== undefined
    }).then((done) => done === true)
  }

  rename = (id: string, name: string) => this.change(id, (record) => ({ ...record, name }))

  annotate = (id: string, note: string) => this.change(id, (record) => ({ ...record, note }))

  /** A star says that a run is worth something: a fitting moment to ask that it be kept safe. */
  async star(id: string, starred: boolean): Promise<void> {
    await this.change(id, (record) => ({ ...record, starred }))
    if (starred) await this.persist()
  }

  /** Deletes a run; what was deleted before is removed for good. */
  async delete(id: string): Promise<void> {
    await this.confirmDeletion()
    await this.change(id, (record) => ({ ...record, deletedAt: this.now() }))
    const { runs, offer } = this.store.getState()
    const deleted = runs?.find((run) => run.id === id)
    this.store.setState({
      runs: runs?.filter((run) => run.id !== id),
      deleted,
      offer: offer?.id === id ? undefined : offer,
    })
  }

  /** Brings a deleted run back. */
  async bringBack(id: string): Promise<void> {
    if (this.store.getState().deleted?.id === id) this.store.setState({ deleted: undefined })
    await this.change(id, ({ deletedAt: _, ...record }) => record)
  }

  /** Removes the run that was deleted last for good. */
  async confirmDeletion(): Promise<void> {
    const { deleted } = this.store.getState()
    if (!deleted) return
    this.store.setState({ deleted: undefined })
    await this.inTurn((database) => this.removeForGood(database, deleted.id))
    await this.measureStorage()
  }

  /** Removes the checkpoints of runs; their settings and curves stay. */
  async freeCheckpoints(ids: readonly string[]): Promise<void> {
    const checkpoints = await this.checkpoints
    for (const id of ids) {
      await checkpoints?.remove(id)
      await this.change(id, ({ checkpoint: _, ...record }) => record)
    }
    await this.measureStorage()
  }

  /** Takes back the offer of a run, or whatever is offered. */
  withdrawOffer(id?: string): void {
    const { offer } = this.store.getState()
    if (offer && (id === undefined || offer.id === id)) this.store.setState({ offer: undefined })
  }

  /** The offered run is not wanted now, nor at the next visit; it stays among the runs. */
  async setAside(): Promise<void> {
    const { offer } = this.store.getState()
    if (!offer) return
    this.withdrawOffer()
    await this.change(offer.id, (record) => ({ ...record, setAside: true }))
  }

  setUnwritten(unwritten: KeptRunsState['unwritten']): void {
    if (this.store.getState().unwritten !== unwritten) this.store.setState({ unwritten })
  }

  async measureStorage(): Promise<void> {
    const { manager } = this.browser
    if (!manager) return
    const { usage = 0, quota = 0 } = await manager.estimate()
    this.store.setState({ storage: { usage, quota, persisted: await manager.persisted() } })
  }

  /** Asks the browser not to clear the page's storage by itself. */
  async persist(): Promise<void> {
    await this.browser.manager?.persist()
    await this.measureStorage()
  }

  private put(record: RunRecord | undefined): void {
    const { runs } = this.store.getState()
    if (!record || record.deletedAt !== undefined || !runs) return
    const others = runs.filter(({ id }) => id !== record.id)
    this.store.setState({ runs: newestFirst([...others, record]) })
  }

  private async removeForGood(database: RunDatabase, id: string): Promise<void> {
    await (await this.checkpoints)?.remove(id)
    await database.remove(id)
  }

  /** Undefined where this browser has no database, which `unavailable` tells. */
  private inTurn<T>(work: (database: RunDatabase) => Promise<T>): Promise<T | undefined> {
    const done = this.turn.then(async () => {
      const database = await this.database
      return database && work(database)
    })
    this.turn = done.catch(() => {})
    return done
  }
}

function newestFirst(runs: readonly RunRecord[]): RunRecord[] {
  return runs.toSorted((a, b) => b.startedAt - a.startedAt)
}

/** True where a run was broken off before its end, and left something to go on with. */
function canGoOn({ checkpoint, run, status, setAside }: RunRecord): boolean {
  const broken = status.state === 'training' || status.state === 'paused'
  return broken && !setAside && checkpoint !== undefined && checkpoint.step < run.train.steps
}

/** Unstarred runs with a checkpoint, the oldest first, but for the one that is on. */
export function freeable(runs: readonly RunRecord[], active: string): RunRecord[] {
  return runs
    .filter(({ id, starred, checkpoint }) => id !== active && !starred && checkpoint)
    .toSorted((a, b) => a.updatedAt - b.updatedAt)
}
