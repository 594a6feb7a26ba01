import { createStore, type StoreApi } from 'zustand/vanilla'
import { newRunId } from '../archive/record'
import { MetricsHistory } from '../curves/history'
import { InvalidConfig } from '../models/validation'
import { type Adjustment, liveSettings } from '../run/adjustment'
import { parseRun, type RunConfig } from '../run/config'
import { InvalidLink, runFromHash } from '../run/link'
import type { TrainingClient } from '../worker/client'
import type {
  DataRequest,
  DataStatus,
  DeviceStatus,
  KernelStatus,
  MemorySummary,
  Phase,
  Progress,
  RunCost,
  SavedFile,
  SetBack,
  StepProfile,
  WeightsHash,
} from '../worker/protocol'
import { isRaceEvent } from '../worker/race-protocol'
import { type CurveView, createCurveView } from './curve-view'
import { fitToData, readyShards } from './data-fit'
import { LiveSettings, runAsAdjusted } from './live-settings'
import { profileFile } from './profile'
import { receive } from './receive'
import { loadRun, saveRun } from './saved-settings'
import type { ShownStep } from './slow-frames'
import { withSmallerBatch } from './smaller-batch'

export type {
  DataStatus,
  DeviceStatus,
  KernelStatus,
  MemorySummary,
  Phase,
  Progress,
  SetBack,
  WeightsHash,
}

/** A file, or the kept run, that could not be taken. */
export interface Refused {
  name: string
  message: string
  remedy: string
}

/** The run that the worker has; `key` is the id under which this browser keeps it. */
export interface ActiveRun {
  id: number
  key: string
  run: RunConfig
}

/** The file or the kept run whose weights a run started from, but for those of its seed. */
export interface Origin {
  name: string
  fromSeed: readonly string[]
}

export interface BenchState {
  /** The settings as they stand on the page. */
  draft: RunConfig
  /** What is wrong with them, a line a fault with its path. */
  problems: readonly string[]
  active: ActiveRun
  /** What has been changed of its settings since its start. */
  adjustments: readonly Adjustment[]
  /** Whose weights the run started from; undefined where its seed made them. */
  startsFrom: Origin | undefined
  cost: RunCost | undefined
  phase: Phase
  progress: Progress | undefined
  /** By which kernels the run is computed, once they are compiled. */
  kernels: KernelStatus | undefined
  /** The last step of the run that was profiled. */
  profile: StepProfile | undefined
  /** The last step of the run that was made slowly. */
  slow: ShownStep | undefined
  device: DeviceStatus
  data: DataStatus
  /** The hash of the weights when training last came to rest. */
  weights: WeightsHash | undefined
  refused: Refused | undefined
  /** What a link held that this version does not read, a line a part; the rest of it was taken. */
  leftOfLink: readonly string[]
  /** How the run's device was lost, and what became of the run then. */
  setBack: SetBack | undefined
  /** Why this browser does not keep the run; `full` where it lacks room. */
  unsaved: { full: boolean; message: string } | undefined
}

export interface Bench {
  store: StoreApi<BenchState>
  history: MetricsHistory
  /** How the page looks at the run's curves. */
  curves: CurveView
  /** Gives the user a file that the page made. */
  download: Download
  edit(change: (run: RunConfig) => RunConfig): void
  train(): void
  pause(): void
  step(): void
  /** Makes a step and shows its tensors. */
  stepSlowly(): void
  /** Makes a step and times each of its launches. */
  profile(): void
  reset(): void
  /** Starts again with half the batch, which asks less of the GPU. */
  trainSmaller(): void
  dismissSetBack(): void
  loadData(source: DataRequest): void
  cancelLoad(): void
  removeData(): void
  /** Gives the run to the user as a file. */
  save(what: SavedFile): void
  /** Gives the last profile to the user as a file. */
  saveProfile(): void
  /** Goes on from a checkpoint, or starts from the weights that a file holds. */
  open(file: File): void
  /** Goes on with a kept run from its checkpoint. */
  resume(kept: KeptRun): void
  /** Starts a run, with its settings, from those weights of a kept run that fit its net. */
  fork(kept: KeptRun, run: RunConfig): void
  /** Takes over the settings of a link, or as much of them as this version reads. */
  openLink(hash: string): void
  /** Puts away the notices of a refused file and of a link. */
  dismissRefused(): void
  /** Keeps the run in the browser, as when the page may go away. */
  keep(): void
}

/** A run in this browser, by its id, and as it is called where it cannot be taken. */
export interface KeptRun {
  id: string
  name: string
}

/** True while nothing has been trained, so that new settings can take effect at once. */
export function isFresh({ phase }: BenchState): boolean {
  return phase.phase === 'idle' || (phase.phase === 'failed' && phase.step === 0)
}

export function isBusy({ phase }: Phase): boolean {
  const working = ['compiling', 'training', 'profiling', 'evaluating']
  return working.includes(phase)
}

/** True from a run's first step to its last: what can change live does so. */
export function isUnderWay({ phase }: BenchState): boolean {
  return isBusy(phase) || phase.phase === 'paused'
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

/** True where the settings on the page are not those of the run, nor on their way to it. */
export function settingsDiffer(state: BenchState): boolean {
  const { draft, active, adjustments, data } = state
  const wanted = fitToData(draft, readyShards(data)) ?? draft
  const made = isUnderWay(state) ? [liveSettings(draft.train)] : adjustments
  return JSON.stringify(wanted) !== JSON.stringify(runAsAdjusted(active.run, made))
}

/** True where more of CIFAR-10 is here than the run began with, and nothing but that has changed. */
export function moreImagesCame({ draft, active, adjustments, data }: BenchState): boolean {
  const wanted = fitToData(draft, readyShards(data))
  if (!wanted || wanted.data.train <= active.run.data.train) return false
  return exceptSplit(wanted) === exceptSplit(runAsAdjusted(active.run, adjustments))
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

/** Hands a file to the user. */
export type Download = (name: string, bytes: Uint8Array<ArrayBuffer>) => void

/** The state of the page's bench, and the actions that the page offers. */
export function createBench(
  client: TrainingClient,
  storage?: Storage,
  download: Download = () => {},
): Bench {
  const draft = loadRun(storage)
  const history = new MetricsHistory()
  const store = createStore<BenchState>(() => ({
    draft,
    problems: [],
    active: { id: 0, key: '', run: draft },
    adjustments: [],
    startsFrom: undefined,
    cost: undefined,
    phase: { phase: 'idle' },
    progress: undefined,
    kernels: undefined,
    profile: undefined,
    slow: undefined,
    device: { state: 'connecting' },
    data: { state: 'absent' },
    weights: undefined,
    refused: undefined,
    leftOfLink: [],
    setBack: undefined,
    unsaved: undefined,
  }))
  const { getState, setState } = store

  /** Runs are numbered as they are asked for; a file that is being opened may come to nothing. */
  let lastId = 0
  /** The draft on what is here of the pictures. */
  const wanted = () => fitToData(getState().draft, readyShards(getState().data)) ?? getState().draft

  const live = new LiveSettings(
    () => {
      const state = getState()
      if (!isUnderWay(state) || state.problems.length > 0) return undefined
      return { wanted: state.draft.train, trained: state.active.run.train }
    },
    (change) => client.post({ type: 'adjust', id: getState().active.id, change }),
  )

  /** Gives the worker the settings of the page as a run at step 0. */
  const configure = (keepWeights: boolean) => {
    if (getState().problems.length > 0) return
    const run = wanted()
    const active = { id: ++lastId, key: newRunId(), run }
    history.clear()
    live.begin([])
    setState({
      active,
      adjustments: [],
      startsFrom: keepWeights ? getState().startsFrom : undefined,
      progress: undefined,
      profile: undefined,
      slow: undefined,
      kernels: undefined,
      phase: { phase: 'idle' },
      weights: undefined,
      setBack: undefined,
    })
    client.post({ type: 'configure', ...active, ...(keepWeights ? { keepWeights } : {}) })
  }
  /** New settings, or another try where the first one failed, before anything has been trained. */
  const applyIfFresh = () => {
    const state = getState()
    const failed = state.phase.phase === 'failed'
    if (!isFresh(state) || !(failed || settingsDiffer(state))) return
    const sameNet = JSON.stringify(state.draft.model) === JSON.stringify(state.active.run.model)
    configure(state.startsFrom !== undefined && sameNet)
  }
  const begin = (type: 'train' | 'step' | 'slow-step' | 'profile') => {
    if (!canTrain(getState())) return
    applyIfFresh()
    live.flush()
    client.post({ type })
  }

  client.subscribe((event) => {
    if (event.type === 'file') download(event.name, event.bytes)
    if (isRaceEvent(event) || event.type === 'lesson') return
    receive(event, store, history)
    if (event.type === 'restored' && event.id === getState().active.id) {
      live.begin(getState().adjustments)
      saveRun(storage, getState().draft)
    }
    if (event.type === 'set-back' && event.id === getState().active.id) {
      live.begin(getState().adjustments)
      // Changes of settings since the checkpoint are made again.
      live.edited()
    }
    if (event.type === 'data' && event.data.state !== 'loading') applyIfFresh()
  })
  configure(false)

  const edit = (change: (run: RunConfig) => RunConfig) => {
    const draft = change(getState().draft)
    const problems = faults(draft)
    setState({ draft, problems })
    if (problems.length > 0) return
    saveRun(storage, draft)
    if (isUnderWay(getState())) live.edited()
    else applyIfFresh()
  }

  return {
    store,
    history,
    download,
    curves: createCurveView(storage, 'residual-playground.curves.1'),
    edit,
    openLink(hash) {
      try {
        const { run, left } = runFromHash(hash)
        edit(() => run)
        setState({ refused: undefined, leftOfLink: left })
      } catch (error) {
        if (!(error instanceof InvalidLink)) throw error
        const [message, remedy] = [error.message, 'The settings are as they were.']
        setState({ refused: { name: 'The link', message, remedy } })
      }
    },
    train: () => begin('train'),
    pause: () => client.post({ type: 'pause' }),
    step: () => begin('step'),
    stepSlowly: () => begin('slow-step'),
    profile: () => begin('profile'),
    reset() {
      if (canReset(getState())) configure(false)
    },
    trainSmaller() {
      edit(withSmallerBatch)
      configure(false)
      begin('train')
    },
    dismissSetBack: () => setState({ setBack: undefined }),
    loadData: (source) => client.post({ type: 'load-data', source }),
    cancelLoad: () => client.post({ type: 'cancel-load' }),
    removeData: () => client.post({ type: 'remove-data' }),
    saveProfile() {
      const { profile, active, device } = getState()
      if (!profile) return
      const { name, text } = profileFile(profile, active.run, device)
      download(name, new TextEncoder().encode(text))
    },
    save: (what) => client.post({ type: 'save', what }),
    open(file) {
      const { problems, active } = getState()
      const run = problems.length > 0 ? active.run : wanted()
      setState({ refused: undefined })
      client.post({ type: 'open', id: ++lastId, key: newRunId(), file, run })
    },
    resume({ id: key, name }) {
      setState({ refused: undefined })
      client.post({ type: 'resume', id: ++lastId, key, name })
    },
    fork({ id: from, name }, run) {
      setState({ refused: undefined })
      client.post({ type: 'fork', id: ++lastId, key: newRunId(), from, name, run })
    },
    dismissRefused: () => setState({ refused: undefined, leftOfLink: [] }),
    keep: () => client.post({ type: 'keep' }),
  }
}
