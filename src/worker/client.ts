import type { Command, Event } from './protocol'
import { isRaceCommand } from './race-protocol'

/** The page's end of the protocol. */
export interface TrainingClient {
  post(command: Command): void
  /** Calls `listener` with every event; returns a function that ends it. */
  subscribe(listener: (event: Event) => void): () => void
}

type TrainingWorker = Pick<Worker, 'postMessage' | 'addEventListener' | 'terminate'>

/**
 * The page's end of a training worker. One that breaks down ends run and race, as phases that say
 * so; the next one that the page configures or opens gets a new worker. A lesson's nets are a race too.
 */
export class WorkerClient implements TrainingClient {
  private readonly listeners = new Set<(event: Event) => void>()
  private worker: TrainingWorker | undefined
  private id = 0
  private stepsDone = 0
  private race: number | undefined
  private lesson: number | undefined

  constructor(private readonly start: () => TrainingWorker) {
    this.connect()
  }

  post(command: Command): void {
    if (command.type === 'configure') this.follow(command.id, 0)
    if (command.type === 'race-configure') this.race = command.race
    const inner = command.type === 'lesson' ? command.command : command
    if (inner !== command && inner.type === 'race-configure') this.lesson = inner.race
    if (('id' in inner || 'race' in inner) && !this.worker) this.connect()
    this.worker?.postMessage(command)
  }

  subscribe(listener: (event: Event) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  private follow(id: number, stepsDone: number): void {
    this.id = id
    this.stepsDone = stepsDone
  }

  private connect(): void {
    const worker = this.start()
    this.worker = worker
    worker.addEventListener('message', ({ data }: MessageEvent<Event>) => {
      if (worker === this.worker) this.tell(data)
    })
    worker.addEventListener('error', ({ message }) => {
      this.breakDown(worker, message || 'it could not be loaded')
    })
    worker.addEventListener('messageerror', () => {
      this.breakDown(worker, 'it sent what cannot be read')
    })
  }

  private tell(event: Event): void {
    if (event.type === 'race-restored') this.race = event.race
    if (event.type === 'restored') this.follow(event.id, event.steps.loss.length)
    if (event.type === 'steps' && event.id === this.id) {
      this.stepsDone = event.steps.first + event.steps.loss.length
    }
    for (const listener of this.listeners) listener(event)
  }

  private breakDown(worker: TrainingWorker, why: string): void {
    if (worker !== this.worker) return
    worker.terminate()
    this.worker = undefined
    const message = `The training worker stopped: ${why}.`
    const remedy = 'Reset starts another one; if it stops again, reload the page.'
    const failed = { phase: 'failed', message, remedy } as const
    this.tell({ type: 'phase', id: this.id, phase: { ...failed, step: this.stepsDone } })
    const { race, lesson } = this
    if (race !== undefined) this.tell({ type: 'race-phase', race, phase: failed })
    if (lesson !== undefined) {
      const event = { type: 'race-phase', race: lesson, phase: failed } as const
      this.tell({ type: 'lesson', event })
    }
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
