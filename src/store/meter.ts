import * as v from 'valibot'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { ReadingHistory } from '../meter/history'
import type { TrainingClient } from '../worker/client'
import type { MeterStatus } from '../worker/protocol'
import type { BenchState } from './bench'
import { createMeterView, type MeterView } from './meter-view'

export type { MeterStatus }

/** Steps from reading to reading that the page offers. */
export const CADENCES = [1, 10, 50, 100] as const

export interface MeterState {
  /** Steps from reading to reading; null: only when asked. */
  every: number | null
  /** Where the meter of each net stands. */
  status: readonly MeterStatus[]
  /** A reading was asked for and has not come. */
  asked: boolean
}

/** The signal meter of the bench's run, or of a race's lanes. */
export interface Meter {
  store: StoreApi<MeterState>
  view: MeterView
  setEvery(every: number | null): void
  /** One reading now. */
  read(): void
}

export interface RunMeter extends Meter {
  /** Of the run that is there; its readings last until another one takes its place. */
  history: ReadingHistory
}

/** True where no reading will come that was asked for. */
export const hasEnded = ({ state }: MeterStatus) => state === 'failed' || state === 'off'

const OFF: MeterStatus = { state: 'off' }

const KEY = 'residual-playground.meter.1'
const keptSchema = v.object({ every: v.nullable(v.picklist(CADENCES)) })

function load(storage: Storage | undefined): number | null {
  try {
    return v.parse(keptSchema, JSON.parse(storage?.getItem(KEY) ?? '')).every
  } catch {
    // None yet, denied by the browser, or of a version with other steps.
    return null
  }
}

/** The meter of the bench's run: off until asked for, and then on in the next runs as well. */
export function createRunMeter(
  client: TrainingClient,
  bench: StoreApi<BenchState>,
  storage?: Storage,
): RunMeter {
  const history = new ReadingHistory()
  const store = createStore<MeterState>(() => ({
    every: load(storage),
    status: [OFF],
    asked: false,
  }))
  const { getState, setState } = store
  const active = () => bench.getState().active.id
  const tell = () => client.post({ type: 'meter', id: active(), every: getState().every })

  bench.subscribe(({ active }, { active: before }) => {
    if (active.id === before.id) return
    history.clear()
    setState({ status: [OFF], asked: false })
  })
  client.subscribe((event) => {
    if (!('id' in event) || event.id !== active()) return
    // The worker has the run now, with its meter off.
    if (event.type === 'planned' && getState().every !== null) tell()
    if (event.type === 'meter-status') {
      const { status } = event
      setState({ status: [status], ...(hasEnded(status) ? { asked: false } : {}) })
    }
    if (event.type === 'meter') {
      history.add(event.reading)
      setState({ asked: false })
    }
  })

  // The bench has given the worker its first run already.
  if (getState().every !== null) tell()

  return {
    ...{ store, history, view: createMeterView() },
    setEvery(every) {
      setState({ every })
      try {
        storage?.setItem(KEY, JSON.stringify({ every }))
      } catch {
        // Denied or full: the choice lasts as long as the page.
      }
      tell()
    },
    read() {
      setState({ asked: true })
      client.post({ type: 'read-meter', id: active() })
    },
  }
}

/** True where the meter could not be made: training goes on without it. */
export function faultOf({ status }: MeterState) {
  return status.find((one) => one.state === 'failed')
}
