import { type IDBPDatabase, openDB } from 'idb'
import type { AdapterInfo } from '../gpu/device'
import type { TuningStore } from '../tuning/table'
import { NONE_WRONG, parseWrong, type SelfTestStore, type Wrong } from '../tuning/wrong'

/** A database of its own: what is lost with it can be measured again. */
const NAME = 'residual-playground-tuning'
const ADAPTERS = 'adapters'

async function inDatabase<T>(work: (database: IDBPDatabase) => Promise<T>): Promise<T> {
  const database = await openDB(NAME, 1, {
    upgrade: (fresh) => {
      fresh.createObjectStore(ADAPTERS)
    },
  })
  try {
    return await work(database)
  } finally {
    database.close()
  }
}

/** The browser by name and major version, as far as its kernels' speed depends on it. */
function browser({ userAgent }: Navigator): string {
  return /(?:Firefox|Chrome|Version)\/\d+/.exec(userAgent)?.[0] ?? userAgent
}

/** Keeps in IndexedDB what was measured; rejects where the browser has none to give. */
export const browserTuning: TuningStore = {
  get platform() {
    return browser(navigator)
  },
  read: (adapter) => inDatabase((database) => database.get(ADAPTERS, adapter)),
  async write(adapter, measured) {
    await inDatabase((database) => database.put(ADAPTERS, measured, adapter))
  },
}

const wrongOf = (adapter: string) => ['wrong', adapter]

/** Keeps there what the self-test found, beside what was measured. */
export const browserSelfTests: SelfTestStore = {
  get platform() {
    return browser(navigator)
  },
  read: (adapter) => inDatabase((database) => database.get(ADAPTERS, wrongOf(adapter))),
  async write(adapter, kept) {
    await inDatabase((database) => database.put(ADAPTERS, kept, wrongOf(adapter)))
  },
}

/** What is known to be wrong on an adapter; nothing, where this browser keeps nothing. */
export async function knownWrong(
  { name }: AdapterInfo,
  store: SelfTestStore = browserSelfTests,
): Promise<Wrong> {
  try {
    return parseWrong(await store.read(name), store.platform)
  } catch {
    return NONE_WRONG
  }
}
