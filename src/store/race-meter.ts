import { createStore, type StoreApi } from 'zustand/vanilla'
import { ReadingHistory } from '../meter/history'
import type { TrainingClient } from '../worker/client'
import { isRaceEvent } from '../worker/race-protocol'
import { hasEnded, type Meter, type MeterState } from './meter'
import { createMeterView } from './meter-view'
import type { Grid, RaceState } from './race'

export interface RaceMeterState extends MeterState {
  /** The readings of each lane with each seed; the same objects for as long as the race is. */
  histories: Grid<ReadingHistory>
}

export interface RaceMeter extends Meter {
  store: StoreApi<RaceMeterState>
}

/** What a race's meter has before its first reading. */
function unread({ active }: RaceState): Omit<RaceMeterState, 'every'> {
  const { lanes, seeds } = active?.comparison ?? { lanes: [], seeds: 0 }
  return {
    status: lanes.map(() => ({ state: 'off' })),
    histories: lanes.map(() => Array.from({ length: seeds }, () => new ReadingHistory())),
    asked: false,
  }
}

/** The meter of the race's lanes: off at every visit, and else as it was with the last race. */
export function createRaceMeter(client: TrainingClient, race: StoreApi<RaceState>): RaceMeter {
  const store = createStore<RaceMeterState>(() => ({ every: null, ...unread(race.getState()) }))
  const { getState, setState } = store
  const active = () => race.getState().active?.race
  const tell = () => {
    const number = active()
    if (number === undefined) return
    client.post({ type: 'race-meter', race: number, every: getState().every })
  }

  race.subscribe((state, before) => {
    if (state.active?.race !== before.active?.race) setState(unread(state))
  })
  client.subscribe((event) => {
    if (!isRaceEvent(event) || !('race' in event) || event.race !== active()) return
    // The worker has the race now, with its meter off.
    if (event.type === 'race-planned' && getState().every !== null) tell()
    if (event.type === 'race-meter-status') {
      const status = getState().status.with(event.lane, event.status)
      setState({ status, ...(status.every(hasEnded) ? { asked: false } : {}) })
    }
    if (event.type === 'race-meter') {
      getState().histories[event.lane]![event.seedIndex]!.add(event.reading)
      setState({ asked: false })
    }
  })

  return {
    ...{ store, view: createMeterView() },
    setEvery(every) {
      setState({ every })
      tell()
    },
    read() {
      const number = active()
      if (number === undefined) return
      setState({ asked: true })
      client.post({ type: 'race-read-meter', race: number })
    },
  }
}
