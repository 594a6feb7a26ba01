import { median } from '../curves/spread'
import { count } from '../models/counts'
import { plan } from '../models/plan'
import type { ModelSpec } from '../models/spec'
import type { Evaluation, MeterReading } from '../worker/protocol'
import type { StartCheck } from '../worker/race-protocol'
import type { Check, Condition, Measurement, UnitQuantity, Value, Which } from './check'

/** What was measured on this page of a lane with one seed. */
export interface MeasuredRun {
  /** Of each step. */
  loss: Float64Array
  correct: Float64Array
  evaluations: readonly Evaluation[]
  /** Of the signal meter, in their order. */
  readings: readonly MeterReading[]
}

export interface MeasuredLane {
  model: ModelSpec
  batchSize: number
  stepMs: number | undefined
  /** One for each seed. */
  runs: readonly MeasuredRun[]
}

export interface Measured {
  lanes: readonly MeasuredLane[]
  start: StartCheck | undefined
}

/** What a check came to: its values by name, and whether all that it asks for holds. */
export interface Judged {
  values: Readonly<Record<string, number>>
  holds: boolean
}

/** A check against what was measured, or undefined where not all of its values are there. */
export function judge({ values, holds }: Check, measured: Measured): Judged | undefined {
  const numbers: Record<string, number> = {}
  for (const [name, value] of Object.entries(values)) {
    const number = measure(value, measured)
    if (number === undefined) return undefined
    numbers[name] = number
  }
  return { values: numbers, holds: holds.every((condition) => isTrue(condition, numbers)) }
}

function isTrue({ left, is, right, factor = 1 }: Condition, numbers: Record<string, number>) {
  const [a, b] = [numbers[left]!, factor * (typeof right === 'string' ? numbers[right]! : right)]
  if (is === 'equal') return a === b
  return is === 'above' ? a > b : a < b
}

/** A value as measured, over several seeds their median; undefined where it has not been measured. */
export function measure(value: Value, measured: Measured): number | undefined {
  switch (value.kind) {
    case 'ratio':
    case 'difference': {
      const [of, to] = [measure(value.of, measured), measure(value.to, measured)]
      if (of === undefined || to === undefined) return undefined
      return value.kind === 'ratio' ? of / to : of - to
    }
    case 'spread': {
      const all = overSeeds(value.of, measured)
      return all && Math.max(...all) - Math.min(...all)
    }
    default: {
      const all = overSeeds(value, measured)
      return all && median(all)
    }
  }
}

/** A value with each seed; undefined where one of them is not there yet. */
function overSeeds(value: Measurement, { lanes, start }: Measured): number[] | undefined {
  const lane = lanes[value.lane ?? 0]
  if (!lane) return undefined
  const all = lane.runs.map((run) => plainValue(value, lane, run, start))
  return all.every((number) => number !== undefined) ? all : undefined
}

function plainValue(
  value: Measurement,
  { model, batchSize, stepMs }: MeasuredLane,
  { loss, correct, evaluations, readings }: MeasuredRun,
  start: StartCheck | undefined,
): number | undefined {
  switch (value.kind) {
    case 'loss': {
      const { at, over = 1 } = value
      return mean(at === 'first' ? loss.slice(0, over) : loss.slice(-over))
    }
    case 'accuracy': {
      if (value.of === 'validation') return evaluations.at(-1)?.accuracy
      const right = mean(correct.slice(-value.over))
      return right === undefined ? undefined : right / batchSize
    }
    case 'steps':
      return loss.length
    case 'parameters':
      return count(plan(model)).parameters
    case 'multiply-adds':
      return count(plan(model)).multiplyAdds
    case 'depth':
      return count(plan(model)).depth
    case 'units': {
      const changes = value.that === 'change-shape'
      return plan(model).units.filter(({ changesShape }) => changesShape === changes).length
    }
    case 'step-ms':
      return stepMs
    case 'shared-tensors':
      return start?.sharedTensors
    case 'unequal-tensors':
      return start?.unequal.length
    case 'meter': {
      const reading = value.at === 'first' ? readings[0] : readings.at(-1)
      return pick(reading?.units.map((unit) => ofUnit(unit, value.of)) ?? [], value.unit)
    }
    case 'defect': {
      const reading = value.at === 'first' ? readings[0] : readings.at(-1)
      return pick(reading?.stages.map(({ defect }) => defect) ?? [], value.stage)
    }
    default:
      return value satisfies never
  }
}

function ofUnit(unit: MeterReading['units'][number], quantity: UnitQuantity): number | null {
  switch (quantity) {
    case 'gradient':
      return unit.gradient.x
    case 'direct':
    case 'throughWeights':
    case 'cosine':
    case 'kept':
      return unit.gradient[quantity]
    case 'measured':
    case 'predicted':
      return unit.path[quantity]
    default:
      return unit[quantity]
  }
}

/** One of a profile; an extreme is taken of those that are defined. */
function pick(profile: readonly (number | null)[], which: Which): number | undefined {
  const defined = profile.filter((value) => value !== null)
  switch (which) {
    case 'first':
      return profile[0] ?? undefined
    case 'last':
      return profile.at(-1) ?? undefined
    case 'largest':
      return defined.length > 0 ? Math.max(...defined) : undefined
    case 'smallest':
      return defined.length > 0 ? Math.min(...defined) : undefined
    default:
      return profile[which] ?? undefined
  }
}

function mean(values: Float64Array): number | undefined {
  return values.length > 0
    ? values.reduce((sum, value) => sum + value, 0) / values.length
    : undefined
}

/** How a value is written. */
export type Unit = 'loss' | 'share' | 'count' | 'milliseconds' | 'ratio' | 'size'

export function unitOf(value: Value): Unit {
  switch (value.kind) {
    case 'loss':
      return 'loss'
    case 'accuracy':
      return 'share'
    case 'step-ms':
      return 'milliseconds'
    case 'ratio':
      return 'ratio'
    case 'difference':
    case 'spread':
      return unitOf(value.of)
    case 'meter':
    case 'defect':
      return 'size'
    default:
      return 'count'
  }
}
