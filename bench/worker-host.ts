import { type Answers, answered, type Reply } from './answers'
import type { Assignment } from './contender-worker'
import type { Host } from './host'

/** Contenders in workers of this page. What the browser keeps of compiled shaders is its own affair. */
export function workerHost(): Host {
  return {
    runtime: navigator.userAgent,
    seat: (role, task) => ({
      start() {
        if (role === 'pytorch') throw new Error('a browser has no PyTorch')
        return new ContenderWorker({ role, task })
      },
      remove() {},
    }),
    async close() {},
  }
}

class ContenderWorker implements Answers {
  private readonly worker = new Worker(new URL('./contender-worker.ts', import.meta.url), {
    type: 'module',
  })

  constructor(assignment: Assignment) {
    this.worker.postMessage(assignment)
  }

  async ask<T>(method: string): Promise<T> {
    const reply = new Promise<Reply>((resolve, reject) => {
      this.worker.onmessage = ({ data }: MessageEvent<Reply>) => resolve(data)
      this.worker.onerror = ({ message }) =>
        reject(new Error(message || 'its worker could not be loaded'))
    })
    this.worker.postMessage(method)
    return answered(await reply)
  }

  async stop(): Promise<void> {
    this.worker.terminate()
  }
}
