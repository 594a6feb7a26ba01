import type { Command, Event } from './protocol'

/** The page's end of the protocol. */
export interface TrainingClient {
  post(command: Command): void
  /** Calls `listener` with every event; returns a function that ends it. */
  subscribe(listener: (event: Event) => void): () => void
}

/** Starts the training worker. One that breaks down is told as a device that is unavailable. */
export function startWorker(): TrainingClient {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    type: 'module',
    name: 'training',
  })
  return {
    post: (command) => worker.postMessage(command),
    subscribe(listener) {
      const onMessage = ({ data }: MessageEvent<Event>) => listener(data)
      const onError = ({ message }: ErrorEvent) =>
        listener({
          type: 'device',
          device: {
            state: 'unavailable',
            reason: `The training worker stopped: ${message || 'it could not be loaded'}.`,
            remedy: 'Reload the page.',
          },
        })
      worker.addEventListener('message', onMessage)
      worker.addEventListener('error', onError)
      return () => {
        worker.removeEventListener('message', onMessage)
        worker.removeEventListener('error', onError)
      }
    },
  }
}
