/** Commands one after another, and beside them one long task at a time, which they can stop. */
export class TaskLine {
  private queue: Promise<void> = Promise.resolve()
  /** The task that is under way, if any; it never rejects. */
  private running: Promise<void> | undefined
  private stopping = false

  constructor(private readonly onFault: (error: unknown) => void) {}

  get busy(): boolean {
    return this.running !== undefined
  }

  /** What the task looks at to know that it should end. */
  get stopRequested(): boolean {
    return this.stopping
  }

  /** Does some work after what was asked for before. */
  enqueue(work: () => Promise<void>): Promise<void> {
    const done = this.queue.then(work).catch(this.onFault)
    // A fault that could not be told is the caller's; what comes after goes on.
    this.queue = done.catch(() => {})
    return done
  }

  /** Begins a task, unless one is under way, and after it enqueues `after` with its result. */
  begin<T>(task: () => Promise<T>, after: (result: T) => Promise<void>): void {
    if (this.running) return
    this.stopping = false
    this.running = task().then((result) => {
      this.running = undefined
      this.enqueue(() => after(result))
    })
  }

  requestStop(): void {
    this.stopping = true
  }

  /** Waits until no task is under way. */
  async stop(): Promise<void> {
    this.requestStop()
    await this.running
  }
}
