import type { StoreApi } from 'zustand/vanilla'
import { MetricsHistory } from '../curves/history'
import type { ComparisonConfig } from '../run/comparison'
import type { LaneOfRace, LaneState, RaceEvent, RacePhase } from '../worker/race-protocol'
import type { Grid, RaceState } from './race'

/** What a race has given before its first step: nothing. */
export function unraced(comparison: ComparisonConfig) {
  const waiting: LaneState = { state: 'waiting' }
  const idle: RacePhase = { phase: 'idle' }
  return {
    phase: idle,
    progress: undefined,
    setBack: undefined,
    plans: [],
    starts: [],
    speeds: comparison.lanes.map(() => undefined),
    lanes: grid(comparison, () => waiting),
    weights: grid(comparison, () => undefined),
    histories: grid(comparison, () => new MetricsHistory()),
  }
}

function grid<T>({ lanes, seeds }: ComparisonConfig, make: () => T): Grid<T> {
  return lanes.map(() => Array.from({ length: seeds }, make))
}

function put<T>(grid: Grid<T>, { lane, seedIndex }: LaneOfRace, value: T): Grid<T> {
  return grid.with(lane, grid[lane]!.with(seedIndex, value))
}

/** Takes an event of a race into the state; those of a race that was left are dropped. */
export function receiveRace(event: RaceEvent, { getState, setState }: StoreApi<RaceState>) {
  const state = getState()
  if (event.type === 'last-race') return setState({ lastRace: event.lastRace })
  const current = state.active?.race ?? 0
  if (event.type === 'race-restored') {
    // One that was asked for before the race that is there now came too late.
    if (event.race <= current) return
    const { race, key, comparison } = event
    const active = { race, key, comparison }
    return setState({ draft: comparison, problems: [], active, ...unraced(comparison) })
  }
  if (event.race !== current) return
  switch (event.type) {
    case 'race-set-back': {
      const { phase, speeds, active } = state
      const { setBack } = event
      return setState({ ...unraced(active!.comparison), phase, speeds, setBack })
    }
    case 'race-planned':
      return setState({ plans: event.lanes })
    case 'race-phase':
      return setState({ phase: event.phase })
    case 'race-start': {
      const others = state.starts.filter(({ seedIndex }) => seedIndex !== event.start.seedIndex)
      return setState({ starts: [...others, event.start] })
    }
    case 'race-lane':
      return setState({ lanes: put(state.lanes, event, event.state) })
    case 'race-steps':
      return state.histories[event.lane]![event.seedIndex]!.append(event.steps)
    case 'race-evaluation':
      return state.histories[event.lane]![event.seedIndex]!.addEvaluation(event.evaluation)
    case 'race-weights':
      return setState({ weights: put(state.weights, event, event.weights) })
    case 'race-speed':
      return setState({ speeds: state.speeds.with(event.lane, event.speed) })
    case 'race-progress':
      return setState({ progress: event.progress })
    case 'race-meter':
    case 'race-meter-status':
      return
    default:
      event satisfies never
  }
}
