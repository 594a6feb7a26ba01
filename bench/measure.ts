import type { AdapterInfo } from '../src/gpu/device'
import type { Answers } from './answers'
import type { BenchTask, ContenderName, Task } from './contenders'
import { Entrant } from './entrants'
import type { Host } from './host'
import { median } from './statistics'

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
  /** Our step right before each of these. */
  oursMs: number[]
  /** From the first step on. */
  losses: number[]
  /** Of one step. */
  dispatches?: number
  /** The most bytes of GPU buffers at a time. */
  peakBytes?: number
}

export interface Measurements {
  adapter: AdapterInfo
  /** Ours first. */
  contenders: ContenderFigures[]
  /** A value a round, in FLOP/s and bytes/s, and our step right before them. */
  probes: Record<'fma' | 'copy' | 'convolution' | 'oursMs', number[]>
  /** Our steps of the deep net, and of the shallow one right before: where that is measured. */
  deep?: Record<'stepMs' | 'oursMs', number[]>
  forwardMs: number[]
  encodeMs: number[]
}

/** Rounds before those that count. */
const WARMING_ROUNDS = 1
/** How often a round takes each probe. */
const PROBE_TURNS = 3

/** Is told what is done next, and how much of all is done. */
export type Say = (line: string, share: number) => void
type Tell = (line: string) => void

/**
 * Lets all make steps in turn, ours before each of the others, and the probes among them, so that
 * what slows the machine for a while slows both of a pair. Each has a process, page or worker of
 * its own that holds its device and waits without computing while others have their turn.
 */
export async function measure(
  { contenders, depth, batch, rounds, deep: withDeep }: BenchTask,
  host: Host,
  say: Say,
): Promise<Measurements> {
  const task: Task = { depth, batch }
  const entrant = (name: ContenderName, task: Task) => new Entrant(name, host.seat(name, task))
  const [ours, ...others] = contenders.map((name) => entrant(name, task)) as [Entrant]
  const deep = withDeep ? [entrant('ours', { ...task, depth: DEEP })] : []
  const all = [ours, ...others, ...deep]
  const seat = host.seat('probes', task)
  const probes = seat.start()
  let told = 0
  const turns = all.length + WARMING_ROUNDS + rounds + 1 + contenders.length
  const tell = (line: string) => say(line, told++ / turns)
  try {
    await openAll(all, tell)
    const adapter: AdapterInfo = await probes.ask('adapter')
    const probed = await takeTurns({ ours, others: [...others, ...deep], probes, rounds, tell })
    for (const { failure } of [ours, ...deep]) if (failure !== undefined) throw new Error(failure)
    tell('forward alone, encoding')
    const [forwardMs, encodeMs]: [number[], number[]] = [[], []]
    for (let round = 0; round < rounds; round++) {
      forwardMs.push(await ours.ask('forward'))
      encodeMs.push(await (deep[0] ?? ours).ask('encode'))
    }
    await stopAll([...all, probes])
    await openAgain([ours, ...others], tell)
    return {
      adapter,
      contenders: [ours, ...others].map(summary),
      probes: probed,
      ...(deep[0] ? { deep: summary(deep[0]) } : {}),
      ...{ forwardMs, encodeMs },
    }
  } finally {
    await stopAll([...all, probes])
    for (const one of [...all, seat]) one.remove()
  }
}

async function openAll(all: readonly Entrant[], tell: Tell): Promise<void> {
  for (const one of all) {
    tell(`${one.name}: first step`)
    await one.open()
  }
}

async function openAgain(entrants: readonly Entrant[], tell: Tell): Promise<void> {
  for (const one of entrants) {
    if (one.failure !== undefined) continue
    tell(`${one.name}: first step again`)
    await one.openAgain()
  }
}

/** The rounds; steps go into the entrants' reports, the probes' values are returned. */
async function takeTurns(turns: {
  ours: Entrant
  others: readonly Entrant[]
  probes: Answers
  rounds: number
  tell: Tell
}): Promise<Measurements['probes']> {
  const { ours, others, probes, rounds, tell } = turns
  const probed: Measurements['probes'] = { fma: [], copy: [], convolution: [], oursMs: [] }
  for (let round = 0; round < WARMING_ROUNDS + rounds; round++) {
    tell(`round ${round + 1} of ${WARMING_ROUNDS + rounds}`)
    const counts = round >= WARMING_ROUNDS
    for (const one of others) await one.step(counts, await ours.step(counts))
    const oursMs = await ours.step(counts)
    const values = await probeInTurns(probes)
    if (!counts) continue
    probed.oursMs.push(oursMs ?? Number.NaN)
    for (const name of PROBES) probed[name].push(median(values[name]))
  }
  return probed
}

const PROBES = ['fma', 'copy', 'convolution'] as const

async function probeInTurns(probes: Answers): Promise<Record<(typeof PROBES)[number], number[]>> {
  const values = { fma: [] as number[], copy: [] as number[], convolution: [] as number[] }
  for (let turn = 0; turn < PROBE_TURNS; turn++) {
    for (const name of PROBES) values[name].push(await probes.ask(name))
  }
  return values
}

async function stopAll(processes: readonly { stop(): Promise<void> }[]): Promise<void> {
  await Promise.all(processes.map((one) => one.stop()))
}

function summary(entrant: Entrant): ContenderFigures {
  const { name, title, failure, reports, stepMs, oursMs, firstStepWarmMs } = entrant
  const last = reports.at(-1)
  return {
    ...{ name, title },
    ...(failure === undefined ? {} : { notRun: failure }),
    firstStepMs: {
      ...(reports[0] ? { cold: reports[0].milliseconds } : {}),
      ...(firstStepWarmMs === undefined ? {} : { warm: firstStepWarmMs }),
    },
    ...{ stepMs, oursMs },
    losses: reports.map(({ loss }) => loss),
    ...(last ? { dispatches: last.dispatches, peakBytes: last.peakBytes } : {}),
  }
}
