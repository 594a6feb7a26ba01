import { type Alive, watchLife } from './life'
import type { Command, Event } from './protocol'
import { isRaceCommand, isRaceEvent, type RaceCommand, type RaceEvent } from './race-protocol'
import { type Ends, KEPT_RACE, RevivableRace, RevivableRun } from './revival'

/** The page's end of the protocol. */
export interface TrainingClient {
  post(command: Command): void
  /** Calls `listener` with every event; returns a function that ends it. */
  subscribe(listener: (event: Event) => void): () => void
}

type TrainingWorker = Pick<Worker, 'postMessage' | 'addEventListener' | 'terminate'>

/**
 * The page's end of a training worker. One that breaks down is replaced by another, which goes on
 * with what was kept; where that one breaks down before it has made a step, run and race end in a
 * phase that says so, and the next one that the page configures or opens gets a new worker.
 */
export class WorkerClient implements TrainingClient {
  private readonly listeners = new Set<(event: Event) => void>()
  private readonly run = new RevivableRun()
  private readonly race = new RevivableRace(true)
  /** A lesson's nets are a race too. */
  private readonly lesson = new RevivableRace(false)
  private worker: TrainingWorker | undefined
  /** True until a worker that took another's place has made a step. */
  private onTrial = false

  constructor(private readonly start: () => TrainingWorker) {
    this.connect()
  }

  post(command: Command): void {
    const inner = command.type === 'lesson' ? command.command : command
    if (!isRaceCommand(inner)) this.run.hear(inner)
    else if (inner === command) this.race.hear(inner)
    else this.lesson.hear(inner)
    if (('id' in inner || 'race' in inner) && !this.worker) this.connect()
    this.send(command)
  }

  subscribe(listener: (event: Event) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  private connect(): void {
    const worker = this.start()
    this.worker = worker
    worker.addEventListener('message', ({ data }: MessageEvent<Event | Alive>) => {
      if (data.type === 'alive') {
        watchLife(navigator.locks, data, () => this.breakDown(worker, 'it ended'))
      } else if (worker === this.worker) this.hear(data)
    })
    worker.addEventListener('error', ({ message }) => {
      this.breakDown(worker, message || 'it could not be loaded')
    })
    worker.addEventListener('messageerror', () => {
      this.breakDown(worker, 'it sent what cannot be read')
    })
  }

  private readonly send = (command: Command): void => this.worker?.postMessage(command)

  private readonly tell = (event: Event): void => {
    for (const listener of this.listeners) listener(event)
  }

  private get ends(): Ends<Command, Event> {
    return { post: this.send, tell: this.tell }
  }

  private get lessonEnds(): Ends<RaceCommand, RaceEvent> {
    return {
      post: (command) => this.send({ type: 'lesson', command }),
      tell: (event) => this.tell({ type: 'lesson', event }),
    }
  }

  private hear(event: Event): void {
    const inner = event.type === 'lesson' ? event.event : event
    if (inner.type === 'steps' || inner.type === 'race-steps') this.onTrial = false
    if (event.type === 'refused' && event.name === KEPT_RACE && this.race.refused(this.ends)) return
    if (event.type === 'lesson') this.lesson.take(event.event)
    else if (isRaceEvent(event)) this.race.take(event)
    else if (!this.run.take(event, this.ends)) return
    this.tell(event)
  }

  private breakDown(worker: TrainingWorker, why: string): void {
    if (worker !== this.worker) return
    worker.terminate()
    this.worker = undefined
    const message = `The training worker stopped: ${why}.`
    if (this.onTrial) {
      const remedy = 'Reset starts another one; if it stops again, reload the page.'
      this.run.fail(this.ends, { message, remedy })
      this.race.fail(this.ends, { message, remedy })
      this.lesson.fail(this.lessonEnds, { message, remedy })
      return
    }
    this.onTrial = true
    this.connect()
    this.run.revive(this.ends, message)
    this.race.revive(this.ends, message)
    this.lesson.revive(this.lessonEnds, message)
  }
}

/** The part of a client that is about a lesson's nets, as if they were the page's race. */
export function lessonClient(client: TrainingClient): TrainingClient {
  return {
    post(command) {
      if (!isRaceCommand(command)) throw new TypeError(command.type)
      client.post({ type: 'lesson', command })
    },
    subscribe: (listener) =>
      client.subscribe((event) => {
        if (event.type === 'lesson') listener(event.event)
      }),
  }
}

export function startWorker(): TrainingClient {
  return new WorkerClient(
    () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'training' }),
  )
}
