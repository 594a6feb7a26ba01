/** One contender, or the probes, in a process of its own: node run-ts.mjs child.ts ROLE TASK */
import { paceEventLoop } from '../src/cli/pace'
import { provideWebGpu } from './adapter'
import type { ContenderName } from './arguments'
import type { Contender, Training } from './contender'
import { countUsage } from './counting'
import { type Methods, serve } from './lines'
import { workload } from './workload'

export type Role = Exclude<ContenderName, 'pytorch'> | 'probes'

/** What a child process is told on its command line. */
export interface Task {
  /** The adapter's whole name. */
  adapter: string
  depth: number
  batch: number
}

/** What a step gave and took. */
export interface StepReport {
  loss: number
  milliseconds: number
  dispatches: number
  /** The most bytes of GPU buffers so far. */
  peakBytes: number
}

/** Waits for the GPU as the command line does, and only while there is something to wait for. */
async function paced<T>(work: () => Promise<T>): Promise<T> {
  const end = paceEventLoop()
  try {
    return await work()
  } finally {
    end()
  }
}

const pacedAll = (methods: Methods): Methods =>
  Object.fromEntries(
    Object.entries(methods).map(([name, method]) => [name, () => paced(() => method())]),
  )

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

const OPENERS: Record<Exclude<Role, 'probes'>, (gpu: GPU) => Promise<Contender>> = {
  ours: async (gpu) => (await import('./ours')).ours(gpu),
  tensorflow: async () => (await import('./tensorflow')).tensorflow(),
  jax: async () => (await import('./jax')).jax(),
}

async function probes(gpu: GPU, { batch }: Task): Promise<Methods> {
  const { openProbes } = await import('./probes')
  const opened = await paced(() => openProbes(gpu, batch))
  return { ...opened, title: async () => 'probes' }
}

/** The net is built within the first step. */
async function training(
  name: Exclude<Role, 'probes'>,
  gpu: GPU,
  { depth, batch }: Task,
): Promise<Methods> {
  const usage = countUsage()
  const contender = await paced(() => OPENERS[name](gpu))
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

const [role, text] = process.argv.slice(2) as [Role, string]
const task: Task = JSON.parse(text)
const gpu = provideWebGpu(task.adapter)
const methods = role === 'probes' ? probes(gpu, task) : training(role, gpu, task)
await serve(pacedAll(await methods))
process.exit(0)
