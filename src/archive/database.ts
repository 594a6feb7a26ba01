import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import { joinSteps, noSteps, type RunRecord, type StepColumns, sliceSteps } from './record'

const NAME = 'residual-playground'
const VERSION = 1
/** Steps that are stored together: a run that grows writes its last chunk anew, and no other. */
const CHUNK = 4096

interface Schema extends DBSchema {
  runs: { key: string; value: RunRecord }
  steps: { key: [run: string, chunk: number]; value: StepColumns }
}

const chunksOf = (id: string, first = 0) =>
  IDBKeyRange.bound([id, first], [id, Number.POSITIVE_INFINITY])

/** The records of all runs, in the browser's database. Every call is one transaction. */
export class RunDatabase {
  private constructor(private readonly database: IDBPDatabase<Schema>) {}

  /** Rejects where the browser has no database to give. */
  static async open(): Promise<RunDatabase> {
    const database = await openDB<Schema>(NAME, VERSION, {
      upgrade(fresh) {
        fresh.createObjectStore('runs', { keyPath: 'id' })
        fresh.createObjectStore('steps')
      },
      // Another page wants to upgrade: this one must not hold it up.
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    })
    return new RunDatabase(database)
  }

  all(): Promise<RunRecord[]> {
    return this.database.getAll('runs')
  }

  get(id: string): Promise<RunRecord | undefined> {
    return this.database.get('runs', id)
  }

  /** The figures of all steps of a run. */
  async steps(id: string): Promise<StepColumns> {
    return joinSteps(await this.database.getAll('steps', chunksOf(id)))
  }

  /** Keeps a new run; rejects where there is one with its id. */
  async add(record: RunRecord, steps: StepColumns): Promise<void> {
    const change = this.database.transaction(['runs', 'steps'], 'readwrite')
    const writes = [change.objectStore('runs').add(record)]
    for (let first = 0; first < steps.loss.length; first += CHUNK) {
      const chunk = sliceSteps(steps, first, first + CHUNK)
      const key: [string, number] = [record.id, first / CHUNK]
      writes.push(change.objectStore('steps').put(chunk, key) as Promise<never>)
    }
    await Promise.all([...writes, change.done])
  }

  /** Changes a run's record; undefined where it has been removed. */
  async update(
    id: string,
    change: (record: RunRecord) => RunRecord,
  ): Promise<RunRecord | undefined> {
    const { store, done } = this.database.transaction('runs', 'readwrite')
    const record = await store.get(id)
    const changed = record && change(record)
    await Promise.all([changed && store.put(changed), done])
    return changed
  }

  /**
   * Changes a run's record and puts `steps` behind its first `from` steps, in the place of those
   * that were there; undefined where the run has been removed.
   */
  async append(
    id: string,
    from: number,
    steps: StepColumns,
    change: (record: RunRecord) => RunRecord,
  ): Promise<RunRecord | undefined> {
    const transaction = this.database.transaction(['runs', 'steps'], 'readwrite')
    const runs = transaction.objectStore('runs')
    const chunks = transaction.objectStore('steps')
    const record = await runs.get(id)
    if (!record) return undefined
    const changed = change(record)
    const first = Math.floor(from / CHUNK)
    const before = (await chunks.get([id, first])) ?? noSteps()
    const tail = joinSteps([sliceSteps(before, 0, from - first * CHUNK), steps])
    const writes: Promise<unknown>[] = [runs.put(changed), chunks.delete(chunksOf(id, first))]
    for (let at = 0; at < tail.loss.length; at += CHUNK) {
      writes.push(chunks.put(sliceSteps(tail, at, at + CHUNK), [id, first + at / CHUNK]))
    }
    await Promise.all([...writes, transaction.done])
    return changed
  }

  /** Removes a run and its steps for good. */
  async remove(id: string): Promise<void> {
    const change = this.database.transaction(['runs', 'steps'], 'readwrite')
    await Promise.all([
      change.objectStore('runs').delete(id),
      change.objectStore('steps').delete(chunksOf(id)),
      change.done,
    ])
  }

  close(): void {
    this.database.close()
  }
}
