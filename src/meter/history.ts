import type { MeterReading } from '../worker/protocol'

const NOTIFY_INTERVAL_MS = 100
/** A heat strip as wide as a panel has no more columns than this to tell apart. */
const LIMIT = 240

/**
 * The readings of one run, in their order, kept outside React; told at most ten times a second.
 * Where there are too many, every other one goes and every other one of those to come, so that
 * what is kept is spread evenly over all that there were. The last reading is always there. A step
 * that is read again, because training has gone back, takes the place of what came from it on.
 */
export class ReadingHistory {
  private kept: MeterReading[] = []
  private every = 1
  private count = 0
  private newest: MeterReading | undefined
  private readonly listeners = new Set<() => void>()
  private timer: ReturnType<typeof setTimeout> | undefined
  private changes = 0

  constructor(private readonly limit = LIMIT) {}

  /** Rises with every change that listeners have been told of. */
  get version(): number {
    return this.changes
  }

  get last(): MeterReading | undefined {
    return this.newest
  }

  /** What is kept, with the last one at the end. */
  get readings(): readonly MeterReading[] {
    const { kept, newest } = this
    return !newest || kept.at(-1) === newest ? kept : [...kept, newest]
  }

  /** How many there were in all. */
  get total(): number {
    return this.count
  }

  add(reading: MeterReading): void {
    if (this.newest && reading.step <= this.newest.step) this.dropFrom(reading.step)
    this.newest = reading
    if (this.count++ % this.every === 0) {
      this.kept = [...this.kept, reading]
      if (this.kept.length > this.limit) {
        this.kept = this.kept.filter((_, i) => i % 2 === 0)
        this.every *= 2
      }
    }
    this.notify()
  }

  clear(): void {
    this.kept = []
    this.every = 1
    this.count = 0
    this.newest = undefined
    this.notify()
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  private dropFrom(step: number): void {
    this.kept = this.kept.filter((reading) => reading.step < step)
    this.count = this.kept.length * this.every
  }

  private notify(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined
      this.changes++
      for (const listener of this.listeners) listener()
    }, NOTIFY_INTERVAL_MS)
  }
}
