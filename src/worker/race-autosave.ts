import type { RaceStore } from '../archive/last-race'
import { laneRunId } from '../archive/record'
import type { Checkpoint } from '../train/checkpoint'
import type { RaceRecord } from '../train/race'
import type { Autosave } from './autosave'
import { Refusal } from './opening'
import type { Event } from './protocol'
import type { LastRace } from './race-protocol'
import { SavePace } from './save-pace'

/** A page's first load goes without it. */
const loadFormat = () => import('../train/race-file')

/**
 * Keeps the race in the browser's storage, and offers what was kept; each lane's checkpoint is kept
 * as a run's too.
 */
export class RaceAutosave extends SavePace {
  private readonly store: Promise<RaceStore | undefined>
  private offering = false

  constructor(
    open: () => Promise<RaceStore | undefined>,
    private readonly lanes: Autosave,
    post: (event: Event) => void,
  ) {
    super(post)
    this.store = open().catch(() => undefined)
  }

  /** Tells the page of the race that was kept, if there is one. */
  async offer(): Promise<void> {
    try {
      const kept = await (await this.store)?.read()
      if (!kept) return
      const { decodeRace } = await loadFormat()
      const { comparison, results } = await decodeRace(kept.bytes)
      const seedIndex = Math.max(0, results.length - 1)
      const step = Math.max(0, ...(results.at(-1) ?? []).map(({ step }) => step))
      this.tell({ state: 'offered', comparison, seedIndex, step, savedAt: kept.savedAt })
    } catch (error) {
      this.tell({ state: 'damaged', message: (error as Error).message })
    }
  }

  /** The race that was kept, of this key where one is given; refuses one that is not there. */
  async read(key?: string): Promise<RaceRecord> {
    const kept = await (await this.store)?.read()
    const { decodeRace } = await loadFormat()
    const record = kept && (await decodeRace(kept.bytes))
    if (record && (key === undefined || record.key === key)) return record
    throw new Refusal('It is not there any more.', 'Another page may have discarded it.')
  }

  async discard(): Promise<void> {
    await (await this.store)?.remove()
    this.withdraw()
  }

  /** The offered race has been taken up, or another stands in its place. */
  withdraw(): void {
    if (this.offering) this.tell({ state: 'none' })
  }

  /** Keeps a race, begun to be read at `since`; where it cannot, that is told once. */
  save(key: string, record: RaceRecord, since: number): Promise<void> {
    return this.inTurn(async () => {
      const store = await this.store
      if (!store) throw new Error('it gives the page none')
      const { encodeRace } = await loadFormat()
      await store.write(await encodeRace({ ...record, key }))
      this.withdraw()
      const seedIndex = record.results.length - 1
      await this.writeLanes(key, seedIndex, record.results[seedIndex] ?? [])
    }, since)
  }

  /** Keeps the lanes' checkpoints with a seed with which all have ended. */
  saveLanes(key: string, seedIndex: number, lanes: readonly Checkpoint[]): Promise<void> {
    return this.inTurn(() => this.writeLanes(key, seedIndex, lanes), performance.now())
  }

  /** Of a lane that diverged there is nothing to go on from. */
  private async writeLanes(key: string, seedIndex: number, lanes: readonly Checkpoint[]) {
    for (const [lane, checkpoint] of lanes.entries()) {
      const { step, tensors } = checkpoint
      if (step > 0 && tensors.size > 0)
        await this.lanes.write(laneRunId(key, lane, seedIndex), checkpoint)
    }
  }

  private tell(lastRace: LastRace): void {
    this.offering = lastRace.state !== 'none'
    this.post({ type: 'last-race', lastRace })
  }
}
