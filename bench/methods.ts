import { type AdapterInfo, describeAdapter } from '../src/gpu/device'
import type { Methods } from './answers'
import type { Contender, Training } from './contender'
import type { ContenderName, Task } from './contenders'
import { countUsage } from './counting'
import { workload } from './workload'

type WebGpuContender = Exclude<ContenderName, 'pytorch'>
export type WebGpuRole = WebGpuContender | 'probes'

/** What a step gave and took. */
export interface StepReport {
  loss: number
  milliseconds: number
  dispatches: number
  /** The most bytes of GPU buffers so far. */
  peakBytes: number
}

const OPENERS: Record<WebGpuContender, (gpu: GPU) => Promise<Contender>> = {
  ours: async (gpu) => (await import('./ours')).ours(gpu),
  tensorflow: async () => (await import('./tensorflow')).tensorflow(),
  jax: async () => (await import('./jax')).jax(),
}

/** What one can be asked for, once it has its device. */
export async function methodsOf(role: WebGpuRole, gpu: GPU, task: Task): Promise<Methods> {
  const methods = role === 'probes' ? probes(gpu, task) : training(role, gpu, task)
  return { ...(await methods), adapter: () => describe(gpu) }
}

async function describe(gpu: GPU): Promise<AdapterInfo> {
  return describeAdapter((await gpu.requestAdapter())!)
}

async function probes(gpu: GPU, { batch }: Task): Promise<Methods> {
  const { openProbes } = await import('./probes')
  return { ...(await openProbes(gpu, batch)) }
}

/** The net is built within the first step. */
async function training(name: WebGpuContender, gpu: GPU, { depth, batch }: Task): Promise<Methods> {
  const usage = countUsage()
  const contender = await OPENERS[name](gpu)
  const work = workload(depth, batch)
  let built: Training | undefined
  const step = async (): Promise<StepReport> => {
    const before = usage.dispatches
    let loss = Number.NaN
    const milliseconds = await timed(async () => {
      built ??= await contender.build(work)
      loss = await built.step()
    })
    const { dispatches, peakBytes } = usage
    return { loss, milliseconds, dispatches: dispatches - before, peakBytes }
  }
  return {
    step,
    title: async () => contender.title,
    forward: () => timed(async () => built?.forward?.()),
    encode: async () => built?.encode?.(),
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}
