import type { KernelResult } from '../tuning/self-test'

export type { KernelResult } from '../tuning/self-test'

/** What the self-test's worker tells; it begins by itself, and ends by `done` or `failed`. */
export type SelfTestEvent =
  | { type: 'begun'; adapter: string; total: number }
  | { type: 'result'; result: KernelResult }
  /**
   * Candidates that are used no more, ops without a right kernel, and a text to paste. `kept`: those
   * who train from now on know of it.
   */
  | {
      type: 'done'
      excluded: readonly string[]
      refused: readonly string[]
      text: string
      kept: boolean
    }
  | { type: 'failed'; message: string; remedy: string }

/** A worker that tests the kernels on a device of its own. */
export function startSelfTestWorker(): Worker {
  return new Worker(new URL('./self-test-worker.ts', import.meta.url), { type: 'module' })
}
