import { createStore, type StoreApi } from 'zustand/vanilla'
import { newRunId } from '../archive/record'
import type { MetricsHistory } from '../curves/history'
import { InvalidConfig } from '../models/validation'
import { type ComparisonConfig, parseComparison } from '../run/comparison'
import { FIRST_COMPARISON } from '../run/comparison-presets'
import { comparisonFromHash, InvalidLink } from '../run/link'
import { sameJson } from '../run/same'
import type { TrainingClient } from '../worker/client'
import type { SetBack, WeightsHash } from '../worker/protocol'
import {
  isRaceEvent,
  type LanePlan,
  type LaneSpeed,
  type LaneState,
  type LastRace,
  type RaceCommand,
  type RacePhase,
  type RaceProgress,
  type StartCheck,
} from '../worker/race-protocol'
import type { BenchState } from './bench'
import { type CurveView, createCurveView } from './curve-view'
import { fitToData, readyShards } from './data-fit'
import { receiveRace, unraced } from './receive-race'
import { loadComparison, saveComparison } from './saved-settings'
import { withSmallerBatch } from './smaller-batch'

export type { LanePlan, LaneSpeed, LaneState, LastRace, RacePhase, RaceProgress, StartCheck }

/** Something for each lane, and of each lane for each seed. */
export type Grid<T> = readonly (readonly T[])[]

export interface RaceState {
  /** The comparison as it stands on the page. */
  draft: ComparisonConfig
  /** What is wrong with it, a line a fault with its path. */
  problems: readonly string[]
  /** The draft that another one has taken the place of, to bring back. */
  replaced: ComparisonConfig | undefined
  /** Why a link could not be opened. */
  badLink: readonly string[]
  /** What a link says and this version could not read. */
  leftOfLink: readonly string[]
  /** The race that the worker has; undefined until one is asked for. */
  active: { race: number; key: string; comparison: ComparisonConfig } | undefined
  phase: RacePhase
  progress: RaceProgress | undefined
  /** How its device was lost, and what became of it then. */
  setBack: SetBack | undefined
  /** Of the active race's lanes; empty until planned. */
  plans: readonly LanePlan[]
  /** One for each seed that has started. */
  starts: readonly StartCheck[]
  speeds: readonly (LaneSpeed | undefined)[]
  lanes: Grid<LaneState>
  weights: Grid<WeightsHash | undefined>
  /** The same objects for as long as the race is the same; they grow in place. */
  histories: Grid<MetricsHistory>
  lastRace: LastRace
}

export interface Race {
  store: StoreApi<RaceState>
  /** How the page looks at the lanes' curves. */
  curves: CurveView
  edit(change: (comparison: ComparisonConfig) => ComparisonConfig): void
  /** Another comparison in the draft's place, which is kept to be brought back. */
  replace(comparison: ComparisonConfig): void
  bringBack(): void
  /** Takes the comparison of a URL's fragment as the draft, or says what is wrong with it. */
  openLink(hash: string): void
  dismissBadLink(): void
  /** Lets the worker plan the draft, where no race is there yet. */
  prepare(): void
  train(): void
  pause(): void
  /** One step of every lane. */
  step(): void
  /** So many steps of every lane. */
  trainFor(steps: number): void
  reset(): void
  /** Starts again with half the batch, which asks less of the GPU. */
  trainSmaller(): void
  dismissSetBack(): void
  resumeLast(): void
  discardLast(): void
}

/** True while nothing has been trained, so that new settings can take effect at once. */
export function isRaceFresh({ phase, lanes }: RaceState): boolean {
  if (phase.phase !== 'failed') return phase.phase === 'idle'
  return lanes.every((seeds) => seeds.every(({ state }) => state === 'waiting'))
}

export function isRaceBusy({ phase }: RacePhase): boolean {
  return ['compiling', 'training', 'evaluating'].includes(phase)
}

/** True where Train and Step can do something, given a device. */
export function canRace(state: RaceState): boolean {
  const { phase, problems } = state
  const over = phase.phase === 'finished' || (phase.phase === 'failed' && !isRaceFresh(state))
  return !over && !isRaceBusy(phase) && problems.length === 0
}

/** True where the race can be put back to its start, given a device. */
export function canResetRace({ problems, active }: RaceState): boolean {
  return problems.length === 0 && active !== undefined
}

/** True where the comparison on the page is not that of the race. */
export function comparisonDiffers({ draft, active }: RaceState, { data }: BenchState): boolean {
  const wanted = fitToData(draft, readyShards(data)) ?? draft
  return !sameJson(wanted, active?.comparison)
}

function faults(comparison: ComparisonConfig): readonly string[] {
  try {
    parseComparison(comparison)
    return []
  } catch (error) {
    if (error instanceof InvalidConfig) return error.problems
    throw error
  }
}

/** The state of the page's race, and the actions that the page offers; `bench` knows the data. */
export function createRace(
  client: TrainingClient,
  bench: StoreApi<BenchState>,
  storage?: Storage,
): Race {
  const draft = loadComparison(storage)
  const store = createStore<RaceState>(() => ({
    draft,
    problems: [],
    replaced: undefined,
    badLink: [],
    leftOfLink: [],
    active: undefined,
    ...unraced(draft),
    lastRace: { state: 'none' },
  }))
  const { getState, setState } = store

  /** Races are numbered as they are asked for; a kept one may come to nothing. */
  let lastRace = 0

  const configure = () => {
    const { draft, problems } = getState()
    if (problems.length > 0) return
    const comparison = fitToData(draft, readyShards(bench.getState().data)) ?? draft
    const active = { race: ++lastRace, key: newRunId(), comparison }
    setState({ active, ...unraced(comparison) })
    client.post({ type: 'race-configure', ...active })
  }
  /** A new comparison, or another try where the first one failed, before anything was trained. */
  const applyIfFresh = () => {
    const state = getState()
    const failed = state.phase.phase === 'failed'
    if (!state.active || !isRaceFresh(state)) return
    if (failed || comparisonDiffers(state, bench.getState())) configure()
  }
  const setDraft = (draft: ComparisonConfig) => {
    const problems = faults(draft)
    setState({ draft, problems })
    if (problems.length > 0) return
    saveComparison(storage, draft)
    applyIfFresh()
  }
  const replace = (comparison: ComparisonConfig) => {
    const { draft } = getState()
    // What the page began with is nobody's own.
    const own = ![comparison, FIRST_COMPARISON].some((other) => sameJson(other, draft))
    setState({ replaced: own ? draft : undefined, badLink: [], leftOfLink: [] })
    setDraft(comparison)
  }
  const prepare = () => {
    if (!getState().active) configure()
  }
  const begin = (command: RaceCommand) => {
    if (!canRace(getState()) || bench.getState().device.state === 'unavailable') return
    prepare()
    applyIfFresh()
    client.post(command)
  }

  client.subscribe((event) => {
    if (isRaceEvent(event)) {
      receiveRace(event, store)
      if (event.type === 'race-restored') saveComparison(storage, getState().draft)
    } else if (event.type === 'data' && event.data.state !== 'loading') applyIfFresh()
  })

  return {
    store,
    curves: createCurveView(storage, 'residual-playground.race-curves.1'),
    edit: (change) => setDraft(change(getState().draft)),
    replace,
    bringBack() {
      const { replaced } = getState()
      if (!replaced) return
      setState({ replaced: undefined })
      setDraft(replaced)
    },
    openLink(hash) {
      try {
        const { comparison, left } = comparisonFromHash(hash)
        replace(comparison)
        setState({ leftOfLink: left })
      } catch (error) {
        if (error instanceof InvalidConfig) setState({ badLink: error.problems })
        else if (error instanceof InvalidLink) setState({ badLink: [error.message] })
        else throw error
      }
    },
    dismissBadLink: () => setState({ badLink: [], leftOfLink: [] }),
    prepare,
    train: () => begin({ type: 'race-train' }),
    pause: () => client.post({ type: 'race-pause' }),
    step: () => begin({ type: 'race-step', steps: 1 }),
    trainFor: (steps) => begin({ type: 'race-step', steps }),
    reset: configure,
    trainSmaller() {
      setDraft(withSmallerBatch(getState().draft))
      configure()
      begin({ type: 'race-train' })
    },
    dismissSetBack: () => setState({ setBack: undefined }),
    resumeLast: () => client.post({ type: 'race-resume-last', race: ++lastRace }),
    discardLast: () => client.post({ type: 'race-discard-last' }),
  }
}
