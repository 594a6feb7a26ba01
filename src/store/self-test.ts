import { createStore, type StoreApi } from 'zustand/vanilla'
import {
  type KernelResult,
  type SelfTestEvent,
  startSelfTestWorker,
} from '../worker/self-test-protocol'

export type { KernelResult }

export type SelfTestPhase =
  | { phase: 'idle' | 'running' | 'cancelled' }
  | ({ phase: 'done' } & Omit<Extract<SelfTestEvent, { type: 'done' }>, 'type'>)
  | { phase: 'failed'; message: string; remedy: string }

export interface SelfTestState {
  /** Undefined until the adapter is known. */
  adapter: string | undefined
  total: number
  results: readonly KernelResult[]
  phase: SelfTestPhase
}

/** The self-test of the kernels, in a worker that lasts as long as the test. */
export interface SelfTest {
  store: StoreApi<SelfTestState>
  begin(): void
  cancel(): void
}

type SelfTestWorker = Pick<Worker, 'addEventListener' | 'terminate'>

const NOTHING: SelfTestState = {
  ...{ adapter: undefined, total: 0, results: [], phase: { phase: 'idle' } },
}

export function createSelfTest(start: () => SelfTestWorker = startSelfTestWorker): SelfTest {
  const store = createStore<SelfTestState>(() => NOTHING)
  let worker: SelfTestWorker | undefined

  const end = (phase: SelfTestPhase) => {
    worker?.terminate()
    worker = undefined
    store.setState({ phase })
  }
  const receive = (event: SelfTestEvent) => {
    switch (event.type) {
      case 'begun':
        return store.setState({ adapter: event.adapter, total: event.total })
      case 'result':
        return store.setState(({ results }) => ({ results: [...results, event.result] }))
      case 'done': {
        const { type: _, ...outcome } = event
        return end({ phase: 'done', ...outcome })
      }
      case 'failed':
        return end({ phase: 'failed', message: event.message, remedy: event.remedy })
      default:
        event satisfies never
    }
  }
  return {
    store,
    begin() {
      worker?.terminate()
      const begun = start()
      worker = begun
      store.setState({ ...NOTHING, phase: { phase: 'running' } })
      begun.addEventListener('message', ({ data }: MessageEvent<SelfTestEvent>) => {
        if (begun === worker) receive(data)
      })
      begun.addEventListener('error', ({ message }) => {
        if (begun !== worker) return
        end({ phase: 'failed', message, remedy: 'Reload the page.' })
      })
    },
    cancel() {
      if (worker) end({ phase: 'cancelled' })
    },
  }
}
