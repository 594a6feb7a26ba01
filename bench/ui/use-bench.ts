import { useEffect, useRef, useState } from 'react'
import type { Said } from '../conductor'
import type { BenchTask } from '../contenders'
import type { Report } from '../report'

/** How far the bench is. */
export type BenchState =
  | { phase: 'idle' }
  | { phase: 'running'; line: string; share: number }
  | { phase: 'done'; report: Report; markdown: string }
  | { phase: 'failed'; message: string }
  | { phase: 'cancelled' }

export interface BenchRun {
  state: BenchState
  start(task: BenchTask): void
  /** Ends the bench and all that computes for it. */
  cancel(): void
}

/** One bench at a time, in a worker. */
export function useBench(): BenchRun {
  const [state, setState] = useState<BenchState>({ phase: 'idle' })
  const worker = useRef<Worker>(undefined)
  const end = () => {
    worker.current?.terminate()
    worker.current = undefined
  }
  useEffect(() => end, [])

  function hear(said: Said): void {
    switch (said.type) {
      case 'progress':
        setState({ ...said, phase: 'running' })
        break
      case 'result':
        end()
        setState({ ...said, phase: 'done' })
        break
      case 'failed':
        end()
        setState({ ...said, phase: 'failed' })
        break
      default:
        said satisfies never
    }
  }

  return {
    state,
    start(task) {
      end()
      setState({ phase: 'running', line: 'starting', share: 0 })
      const started = new Worker(new URL('../conductor.ts', import.meta.url), { type: 'module' })
      started.onmessage = ({ data }: MessageEvent<Said>) => hear(data)
      started.onerror = ({ message }) => hear({ type: 'failed', message })
      started.postMessage(task)
      worker.current = started
    },
    cancel() {
      end()
      setState({ phase: 'cancelled' })
    },
  }
}
