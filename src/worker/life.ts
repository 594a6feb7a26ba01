/** What a worker says first: the name of a lock that it holds for as long as it lives. */
export interface Alive {
  type: 'alive'
  lock: string
}

/** Holds a lock until this worker ends, however it does, and tells its name; nothing where it gets none. */
export function showLife(locks: LockManager | undefined, tell: (alive: Alive) => void): void {
  const lock = `worker ${crypto.randomUUID()}`
  const hold = () => {
    tell({ type: 'alive', lock })
    return new Promise<never>(() => {})
  }
  locks?.request(lock, hold).catch(() => {})
}

/** Calls back once the worker that holds this lock is no more. */
export function watchLife(locks: LockManager, { lock }: Alive, onEnd: () => void): void {
  locks.request(lock, onEnd).catch(() => {})
}
