import type { Arena } from '../autograd/arena'
import { planMemory } from '../autograd/memory'
import { Program } from '../autograd/program'
import { checked, type Gpu } from '../gpu/device'
import type { Launch } from '../gpu/launch'
import type { PipelineCache } from '../gpu/pipelines'
import { timePasses } from '../gpu/stopwatch'
import type { Variable } from '../shaders/op'
import { copyProbe, fmaProbe, type ProbeLaunch } from '../shaders/probes/probes'

/** What an adapter can do at most, as two probes have measured. */
export interface AdapterRates {
  /** Fused multiply-adds in registers, in FLOP/s. */
  flops: number
  /** Copying, in bytes read and written a second. */
  bytes: number
}

/** Launches with how much they do together: FLOP or bytes. */
export interface Probe {
  launches: readonly Launch<Variable>[]
  amount: number
  weights?: Arena
}

const MEBIBYTE = 2 ** 20

/** The probes of an adapter; brief ones do an eighth of the work where it computes in software. */
export function probesOf({ info }: Gpu, length: 'full' | 'brief'): { fma: Probe[]; copy: Probe[] } {
  const one = ({ launch, amount }: ProbeLaunch): Probe => ({ launches: [launch], amount })
  const part = length === 'brief' && info.software ? 8 : 1
  // A GPU hides latency by many threads; a processor is interrupted by other work in long ones.
  const [groups, loops] = info.software ? [512, 512 / part] : [8192, 32]
  return {
    fma: [one(fmaProbe('f32', groups, loops)), one(fmaProbe('vec4f', groups, loops))],
    copy: [one(copyProbe((64 * MEBIBYTE) / part))],
  }
}

/** Measures what the device, idle meanwhile, can do at most. */
export async function measureRates(gpu: Gpu, cache: PipelineCache): Promise<AdapterRates> {
  const { fma, copy } = probesOf(gpu, 'brief')
  const rate = async (probes: Probe[]) => {
    const { measure, destroy } = await openProbes(gpu, cache, probes)
    try {
      return await measure()
    } finally {
      destroy()
    }
  }
  return { flops: await rate(fma), bytes: await rate(copy) }
}

/** Probes compiled and run once, and what measures the fastest of them, in its amount a second. */
export async function openProbes(gpu: Gpu, cache: PipelineCache, probes: readonly Probe[]) {
  const { device } = gpu
  const made: { amount: number; program: Program<'launches'> }[] = []
  const destroy = () => {
    for (const { program } of made) program.destroy()
  }
  try {
    // One after another: what the device complains of must belong to one program.
    for (const probe of probes) {
      const program = await programOf(gpu, cache, probe)
      made.push({ amount: probe.amount, program })
      await checked(device, () => timed(device, program, 1))
    }
  } catch (error) {
    destroy()
    throw error
  }
  return {
    async measure(): Promise<number> {
      let best = 0
      for (const { program, amount } of made) {
        const rate = await checked(device, () => timesPerSecond(device, program))
        best = Math.max(best, amount * rate)
      }
      return best
    },
    destroy,
  }
}

function programOf(gpu: Gpu, cache: PipelineCache, { launches, weights }: Probe) {
  const places = weights?.places ?? new Map()
  const variables = launches.flatMap(({ reads, writes, uniforms = [] }) =>
    [...reads, ...writes, ...uniforms].filter((variable) => !places.has(variable)),
  )
  const memory = planMemory(launches, places, new Set(variables))
  return Program.create(gpu, cache, memory, { launches }, () => {})
}

/** A submit that takes less is mostly the way to the adapter and back. */
const LEAST_MS = 20
const MOST_TIMES = 1024

/** How often the program runs in a second, timed over a submit that is long enough. */
async function timesPerSecond(device: GPUDevice, program: Program<'launches'>): Promise<number> {
  for (let times = 1; ; times *= 4) {
    const milliseconds = await timed(device, program, times)
    if (times * milliseconds >= LEAST_MS || times >= MOST_TIMES) return 1000 / milliseconds
  }
}

/** Milliseconds of one run out of so many, by the clock on the wall. */
function timed(device: GPUDevice, program: Program<'launches'>, times: number): Promise<number> {
  return timePasses(device, 'wall-clock', times, (encoder) => program.encode('launches', encoder))
}
