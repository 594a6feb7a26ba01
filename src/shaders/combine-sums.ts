import { groups, type Launch } from '../gpu/launch'
import mergeAndSumCode from './batch-norm/merge-and-sum.wgsl?raw'
import { mergeSumsKernel, mergeSumsLaunch } from './batch-norm/merge-sums'
import type { Variable } from './op'
import { sumParts, sumPartsKernel } from './sum-parts'

const kernel = { label: 'merge and sum', code: mergeAndSumCode }
const GROUP = 64

/**
 * The launches with each sum of parts put off until a batch norm's sums are merged, and both made
 * in one launch. A sum that is needed before, or after which no merge comes, stays as it is.
 */
export function combineSums(launches: readonly Launch<Variable>[]): Launch<Variable>[] {
  const combined: Launch<Variable>[] = []
  let waiting: Launch<Variable> | undefined
  const flush = () => {
    if (waiting) combined.push(waiting)
    waiting = undefined
  }
  for (const launch of launches) {
    if (waiting && launch.kernel === mergeSumsKernel) {
      combined.push(mergeAndSum(launch, waiting))
      waiting = undefined
      continue
    }
    if (launch.kernel === sumPartsKernel || (waiting && touches(launch, waiting))) flush()
    if (launch.kernel === sumPartsKernel) waiting = launch
    else combined.push(launch)
  }
  flush()
  return combined
}

/** The launches that a launch stands for: itself, or the two sums that it combines. */
export function separateSums(launch: Launch<Variable>): Launch<Variable>[] {
  if (launch.kernel !== kernel) return [launch]
  const [parts, partials] = launch.reads as [Variable, Variable]
  const [weightGradient, biasGradient, sum] = launch.writes as [Variable, Variable, Variable]
  return [mergeSumsLaunch(parts, weightGradient, biasGradient), sumParts(partials, sum)]
}

/** Whether `launch` reads the sum, or writes to it or to what it is made of. */
function touches({ reads, writes, uniforms = [] }: Launch<Variable>, sum: Launch<Variable>) {
  const made = sum.writes[0]!
  return (
    [...reads, ...uniforms].includes(made) ||
    [...sum.reads, made].some((variable) => writes.includes(variable))
  )
}

function mergeAndSum(merge: Launch<Variable>, sum: Launch<Variable>): Launch<Variable> {
  const { c4, parts } = merge.sizes as { c4: number; parts: number }
  const { count, parts: partials } = sum.sizes as { count: number; parts: number }
  return {
    kernel,
    constants: { GROUP },
    sizes: { c4, parts, count, partials },
    reads: [...merge.reads, ...sum.reads],
    writes: [...merge.writes, ...sum.writes],
    workgroups: [c4 + groups(count, GROUP), 1, 1],
  }
}
