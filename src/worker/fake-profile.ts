import type { RunConfig } from '../run/config'
import { trainableNetwork } from '../train/network'
import { launchCosts } from '../train/profile'
import type { StepProfile, Timing } from './protocol'

/** A made-up GPU: operations and bytes a millisecond, and what a launch costs at least. */
const FLOPS = 60e6
const BYTES = 6e6
const LAUNCH_MS = 0.05

/** The launches that the run would make, with times as a GPU of two limits would take. */
export function fakeProfile(run: RunConfig, step: number, timing: Timing): StepProfile {
  let start = 0
  const launches = launchCosts(trainableNetwork(run)).map((cost) => {
    const milliseconds = LAUNCH_MS + Math.max(cost.flops / FLOPS, cost.bytes / BYTES)
    const launch = { ...cost, start, milliseconds }
    start += milliseconds
    return launch
  })
  const startedAt = performance.timeOrigin + performance.now() - start
  const rates = { flops: 1000 * FLOPS, bytes: 1000 * BYTES }
  return { step, startedAt, timing, rates, launches }
}
