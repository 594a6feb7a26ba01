import { createStore, type StoreApi } from 'zustand/vanilla'
import { InvalidConfig } from '../models/validation'
import { parseRun, type RunConfig } from '../run/config'
import type { TrainingClient } from '../worker/client'
import type {
  DataRequest,
  DataStatus,
  DeviceStatus,
  Event,
  Phase,
  Progress,
  RunCost,
} from '../worker/protocol'
import { fitToData, readyShards } from './data-fit'
import { MetricsHistory } from './history'
import { loadRun, saveRun } from './saved-run'

export type { DataStatus, Phase, Progress }

export interface BenchState {
  /** The settings as they stand on the page. */
  draft: RunConfig
  /** What is wrong with them, a line a fault with its path. */
  problems: readonly string[]
  /** The run that the worker has. */
  active: { id: number; run: RunConfig }
  cost: RunCost | undefined
  phase: Phase
  progress: Progress | undefined
  device: DeviceStatus
  data: DataStatus
  /** Weight of the past in the curves' average, from 0 (none) to below 1. */
  smoothing: number
}

export interface Bench {
  store: StoreApi<BenchState>
  history: MetricsHistory
  edit(change: (run: RunConfig) => RunConfig): void
  train(): void
  pause(): void
  step(): void
  reset(): void
  loadData(source: DataRequest): void
  cancelLoad(): void
  removeData(): void
  setSmoothing(weight: number): void
}

/** True while nothing has been trained, so that new settings can take effect at once. */
export function isFresh({ phase }: BenchState): boolean {
  return phase.phase === 'idle' || (phase.phase === 'failed' && phase.step === 0)
}

export function isBusy({ phase }: Phase): boolean {
  return phase === 'training' || phase === 'compiling' || phase === 'evaluating'
}

/** True where Train and Step can do something. */
export function canTrain({ phase, problems, device }: BenchState): boolean {
  const over = phase.phase === 'finished' || (phase.phase === 'failed' && phase.step > 0)
  return !over && !isBusy(phase) && problems.length === 0 && device.state !== 'unavailable'
}

/** True where the run can be put back to its start. */
export function canReset({ problems, device }: BenchState): boolean {
  return problems.length === 0 && device.state !== 'unavailable'
}

/** True where the settings on the page are not those of the run. */
export function settingsDiffer({ draft, active, data }: BenchState): boolean {
  const wanted = fitToData(draft, readyShards(data)) ?? draft
  return JSON.stringify(wanted) !== JSON.stringify(active.run)
}

/** True where more of CIFAR-10 is here than the run began with, and nothing but that has changed. */
export function moreImagesCame({ draft, active, data }: BenchState): boolean {
  const wanted = fitToData(draft, readyShards(data))
  if (!wanted || wanted.data.train <= active.run.data.train) return false
  return exceptSplit(wanted) === exceptSplit(active.run)
}

function exceptSplit({ evaluate: _, data, ...run }: RunConfig): string {
  return JSON.stringify({ ...run, data: { ...data, train: 0, validation: 0 } })
}

function faults(run: RunConfig): readonly string[] {
  try {
    parseRun(run)
    return []
  } catch (error) {
    if (error instanceof InvalidConfig) return error.problems
    throw error
  }
}

/** The state of the page's bench, and the actions that the page offers. */
export function createBench(client: TrainingClient, storage?: Storage): Bench {
  const draft = loadRun(storage)
  const history = new MetricsHistory()
  const store = createStore<BenchState>(() => ({
    draft,
    problems: [],
    active: { id: 0, run: draft },
    cost: undefined,
    phase: { phase: 'idle' },
    progress: undefined,
    device: { state: 'connecting' },
    data: { state: 'absent' },
    smoothing: 0.9,
  }))
  const { getState, setState } = store

  /** Gives the worker the settings of the page as a run at step 0. */
  const configure = () => {
    const { active, draft, data, problems } = getState()
    if (problems.length > 0) return
    const run = fitToData(draft, readyShards(data)) ?? draft
    const id = active.id + 1
    history.clear()
    setState({ active: { id, run }, progress: undefined, phase: { phase: 'idle' } })
    client.post({ type: 'configure', id, run })
  }
  /** New settings, or another try where the first one failed, before anything has been trained. */
  const applyIfFresh = () => {
    const state = getState()
    const failed = state.phase.phase === 'failed'
    if (isFresh(state) && (failed || settingsDiffer(state))) configure()
  }
  const begin = (type: 'train' | 'step') => {
    if (!canTrain(getState())) return
    applyIfFresh()
    client.post({ type })
  }

  client.subscribe((event) => {
    receive(event, store, history)
    if (event.type === 'data' && event.data.state !== 'loading') applyIfFresh()
  })
  configure()

  return {
    store,
    history,
    edit(change) {
      const draft = change(getState().draft)
      const problems = faults(draft)
      setState({ draft, problems })
      if (problems.length > 0) return
      saveRun(storage, draft)
      applyIfFresh()
    },
    train: () => begin('train'),
    pause: () => client.post({ type: 'pause' }),
    step: () => begin('step'),
    reset() {
      if (canReset(getState())) configure()
    },
    loadData: (source) => client.post({ type: 'load-data', source }),
    cancelLoad: () => client.post({ type: 'cancel-load' }),
    removeData: () => client.post({ type: 'remove-data' }),
    setSmoothing: (smoothing) => setState({ smoothing }),
  }
}

/** Takes an event of the worker into the state; those of a run that was left are dropped. */
function receive(event: Event, { getState, setState }: Bench['store'], history: MetricsHistory) {
  if ('id' in event && event.id !== getState().active.id) return
  switch (event.type) {
    case 'device':
      return setState({ device: event.device })
    case 'data':
      return setState({ data: event.data })
    case 'planned':
      return setState({ cost: event.cost })
    case 'phase':
      return setState({ phase: event.phase })
    case 'progress':
      return setState({ progress: event.progress })
    case 'steps':
      return history.append(event.steps)
    case 'evaluation':
      return history.addEvaluation(event.evaluation)
    default:
      event satisfies never
  }
}
