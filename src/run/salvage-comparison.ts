import { firstOf, InvalidConfig } from '../models/validation'
import { type ComparisonConfig, comparisonOf, MAX_LANES, parseComparison } from './comparison'
import { FIRST_RUN } from './presets'
import { isObject, salvageRun } from './salvage'

/** What could be read of a comparison's JSON, and a line for each part that could not. */
export interface SalvagedComparison {
  comparison: ComparisonConfig
  left: readonly string[]
}

/**
 * The comparison of any JSON: the lanes that are right, whole or not at all, since half of one is
 * another lane; and each shared setting that this version knows, and the first run's else. Throws
 * `InvalidConfig` where no lane is right.
 */
export function salvageComparison(input: unknown): SalvagedComparison {
  try {
    return { comparison: parseComparison(input), left: [] }
  } catch (error) {
    if (!(error instanceof InvalidConfig)) throw error
  }
  const { lanes, seeds, until, model: stranger, ...shared } = isObject(input) ? input : {}
  const { run, left: leftOfRun } = salvageRun({ ...shared, model: FIRST_RUN.model })
  const left = [...leftOfRun, ...(stranger === undefined ? [] : ['model: unknown key'])]
  const base = { ...comparisonOf(run), lanes: [] as ComparisonConfig['lanes'] }
  /** Where each lane that was taken stands in the input. */
  const places: number[] = []
  for (const [place, lane] of (Array.isArray(lanes) ? lanes : []).entries()) {
    if (base.lanes.length === MAX_LANES) {
      left.push(`lanes[${place}]: there are ${MAX_LANES} lanes already`)
      continue
    }
    const next = attempt({ ...base, lanes: [...base.lanes, lane] })
    if (next instanceof InvalidConfig) {
      left.push(...next.problems.map((line) => inInput(line, [...places, place])))
    } else {
      base.lanes = next.lanes
      places.push(place)
    }
  }
  if (base.lanes.length === 0)
    throw new InvalidConfig(left.length > 0 ? firstOf(left) : ['no lane is right'])
  let comparison: ComparisonConfig = base
  for (const change of [{ seeds }, { until }]) {
    if (Object.values(change)[0] === undefined) continue
    const next = attempt({ ...comparison, ...change })
    if (next instanceof InvalidConfig) left.push(...next.problems)
    else comparison = next
  }
  return { comparison, left: firstOf(left) }
}

function attempt(input: unknown): ComparisonConfig | InvalidConfig {
  try {
    return parseComparison(input)
  } catch (error) {
    if (error instanceof InvalidConfig) return error
    throw error
  }
}

/** A fault of the last lane, with the lanes' places in the input. */
function inInput(line: string, places: readonly number[]): string {
  const told = line.replaceAll(/lanes\[(\d+)\]/g, (_, index) => `lanes[${places[Number(index)]}]`)
  return told.startsWith('lanes[') ? told : `lanes[${places.at(-1)}].${told}`
}
