import * as v from 'valibot'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { RunRecord } from '../archive/record'
import type { ModelSpec } from '../models/spec'
import type { RunConfig } from '../run/config'
import { sameJson } from '../run/same'
import type { TrainingClient } from '../worker/client'
import type { MeterReading } from '../worker/protocol'
import { type Bench, isBusy } from './bench'

const figure = v.nullable(v.pipe(v.number(), v.finite()))
const readingSchema = v.object({
  /** Steps done before it. */
  step: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  /** Equation 4's, the largest of the stages. */
  defect: figure,
  /** The share of the gradient's energy that the ReLU after an addition lets through, on average. */
  kept: figure,
  /** The direct path of the stage in which Π λ is a number, if there is one, and else of the first. */
  predicted: figure,
  measured: figure,
})

/** What explains a cell of the labs, of one reading of the signal meter. */
export type LabReading = v.InferOutput<typeof readingSchema>

const MOST_READINGS = 60
const keptSchema = v.pipe(v.array(v.tuple([v.string(), readingSchema])), v.maxLength(MOST_READINGS))

export function labReading({ step, units, stages }: MeterReading): LabReading {
  const number = (value: number | null) => value !== null
  const defects = stages.map(({ defect }) => defect).filter(number)
  const kept = units.map(({ gradient }) => gradient.kept).filter(number)
  const { path } = units.find(({ path }) => path.predicted !== null) ?? units[0]!
  return {
    step,
    defect: defects.length > 0 ? Math.max(...defects) : null,
    kept: kept.length > 0 ? kept.reduce((sum, share) => sum + share, 0) / kept.length : null,
    ...{ predicted: path.predicted, measured: path.measured },
  }
}

export interface LabsState {
  /** The last reading of each run that was trained in a cell, by its key. */
  readings: ReadonlyMap<string, LabReading>
}

export interface Labs {
  store: StoreApi<LabsState>
  /** Trains this run in the place of the page's; it is read by the meter where it rests. */
  train(run: RunConfig): void
}

const KEY = 'residual-playground.labs.1'

function load(storage: Storage | undefined): Map<string, LabReading> {
  try {
    return new Map(v.parse(keptSchema, JSON.parse(storage?.getItem(KEY) ?? '')))
  } catch {
    // None yet, denied by the browser, or of another version.
    return new Map()
  }
}

export function createLabs(client: TrainingClient, bench: Bench, storage?: Storage): Labs {
  const store = createStore<LabsState>(() => ({ readings: load(storage) }))
  /** The id of the run that a cell has begun. */
  let trained: number | undefined

  const keep = (key: string, reading: LabReading) => {
    const others = [...store.getState().readings].filter(([other]) => other !== key)
    const readings = [...others, [key, reading] as const].slice(-MOST_READINGS)
    store.setState({ readings: new Map(readings) })
    try {
      storage?.setItem(KEY, JSON.stringify(readings))
    } catch {
      // Denied or full: they last as long as the page.
    }
  }
  client.subscribe((event) => {
    const { active } = bench.store.getState()
    if (!('id' in event) || event.id !== active.id) return
    if (event.type === 'meter' && active.id === trained) keep(active.key, labReading(event.reading))
    const rests = event.type === 'phase' && ['paused', 'finished'].includes(event.phase.phase)
    if (rests && active.id === trained) client.post({ type: 'read-meter', id: active.id })
  })

  return {
    store,
    train(run) {
      if (isBusy(bench.store.getState().phase)) bench.pause()
      bench.edit(() => run)
      bench.reset()
      trained = bench.store.getState().active.id
      bench.train()
    },
  }
}

/** The newest run of this net that has made a step; `runs` stand newest first. */
export function newestOf(
  model: ModelSpec,
  runs: readonly RunRecord[] | undefined,
): RunRecord | undefined {
  return runs?.find(({ run, steps }) => steps > 0 && sameJson(run.model, model))
}
