import type { BenchArguments, ContenderName } from './arguments'
import type { StepReport, Task } from './child'
import { Entrant, startChild, startPyTorch } from './entrants'
import { findPyTorch, writeWorkload } from './pytorch'
import { workload } from './workload'

/** The net that the cost against depth is measured on, and the one it is compared with. */
export const DEEP = 110
export const SHALLOW = 20

export interface ContenderFigures {
  name: ContenderName
  title: string
  /** Why it could not be run, or not to the end. */
  notRun?: string
  firstStepMs: { cold?: number; warm?: number }
  /** Of the rounds that count, in order. */
  stepMs: number[]
  /** From the first step on. */
  losses: number[]
  /** Of one step. */
  dispatches?: number
  /** The most bytes of GPU buffers at a time. */
  peakBytes?: number
}

export interface Measurements {
  contenders: ContenderFigures[]
  /** A value a round: FLOP/s and bytes/s. */
  probes: { fma: number[]; copy: number[]; convolution: number[] }
  /** Our steps of the deep net, a value a round; only beside the shallow one. */
  deepStepMs: number[]
  forwardMs: number[]
  encodeMs: number[]
}

/** Rounds before those that count. */
const WARMING_ROUNDS = 1

/**
 * Lets all contenders make steps in turn, each in a process of its own that holds its device, and
 * the probes among them, so that what slows the machine for a while slows all of them.
 */
export async function measure(
  { contenders, depth, batch, rounds }: BenchArguments,
  adapter: string,
  say: (line: string) => void,
): Promise<Measurements> {
  const task: Task = { adapter, depth, batch }
  const entrants = contenders.map((name) => entrant(name, task))
  const [first] = entrants as [Entrant]
  const deep = depth === SHALLOW ? entrant('ours', { ...task, depth: DEEP }) : undefined
  const all = deep ? [...entrants, deep] : entrants
  const probes = startChild('probes', task)
  const figures: Measurements = {
    contenders: [],
    probes: { fma: [], copy: [], convolution: [] },
    ...{ deepStepMs: [], forwardMs: [], encodeMs: [] },
  }
  try {
    for (const one of all) {
      say(`${one.name}: first step`)
      await one.open()
      if (one.failure !== undefined) say(`${one.name}: not run: ${one.failure}`)
    }
    const working = deep ?? first
    const failure = first.failure ?? working.failure
    if (failure !== undefined) throw new Error(failure)
    await probes.ask('title')
    for (let round = 0; round < WARMING_ROUNDS + rounds; round++) {
      say(`round ${round + 1} of ${WARMING_ROUNDS + rounds}`)
      for (const one of all) await one.step()
      for (const [name, values] of Object.entries(figures.probes)) {
        const value: number = await probes.ask(name)
        if (round >= WARMING_ROUNDS) values.push(value)
      }
    }
    for (let round = 0; round < rounds; round++) {
      figures.forwardMs.push(await first.figure('forward'))
      figures.encodeMs.push(await working.figure('encode'))
    }
    await stopAll([...all, probes])
    for (const one of entrants.filter(({ failure }) => failure === undefined)) {
      say(`${one.name}: first step again`)
      await one.openAgain()
    }
  } finally {
    await stopAll([...all, probes])
    for (const one of all) one.remove()
  }
  figures.contenders = entrants.map(summary)
  if (deep) figures.deepStepMs = counted(deep.reports)
  return figures
}

function entrant(name: ContenderName, task: Task): Entrant {
  if (name !== 'pytorch') return new Entrant(name, (env) => startChild(name, task, env))
  return new Entrant(name, (_, folder) => {
    const python = findPyTorch()
    if (!python) throw new Error('no PyTorch here')
    writeWorkload(folder, workload(task.depth, task.batch))
    return startPyTorch(python, folder)
  })
}

async function stopAll(processes: readonly { stop(): Promise<void> }[]): Promise<void> {
  await Promise.all(processes.map((one) => one.stop()))
}

/** The first step builds and compiles, and the warming rounds fill pools of buffers. */
function counted(reports: readonly StepReport[]): number[] {
  return reports.slice(1 + WARMING_ROUNDS).map(({ milliseconds }) => milliseconds)
}

function summary({ name, title, failure, reports, firstStepWarmMs }: Entrant): ContenderFigures {
  const last = reports.at(-1)
  return {
    ...{ name, title },
    ...(failure === undefined ? {} : { notRun: failure }),
    firstStepMs: {
      ...(reports[0] ? { cold: reports[0].milliseconds } : {}),
      ...(firstStepWarmMs === undefined ? {} : { warm: firstStepWarmMs }),
    },
    stepMs: counted(reports),
    losses: reports.map(({ loss }) => loss),
    ...(last ? { dispatches: last.dispatches, peakBytes: last.peakBytes } : {}),
  }
}
