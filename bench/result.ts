import { plan } from '../src/models/plan'
import { modelName } from '../src/models/presets'
import { trainableNetwork } from '../src/train/network'
import { findAdapter } from './adapter'
import type { BenchArguments } from './arguments'
import { type Figure, figures } from './figures'
import { nodeHost } from './host'
import { disagreements } from './losses'
import { type Machine, machine } from './machine'
import { type Measurements, measure } from './measure'
import { benchRun, trainingFlop } from './workload'

/** Batch that the planned bytes are told for. */
export const PLANNED_BATCH = 128

export interface BenchResult extends Measurements {
  date: string
  command: string
  /** Before the first step. */
  machine: Machine
  /** Whose WebGPU it is. */
  runtime: string
  /** "ResNet-20 v1". */
  net: string
  depth: number
  batch: number
  /** Pages of Chromium instead of processes of Node. */
  browser: boolean
  /** Of one training step. */
  flop: number
  /** GPU bytes of our training and evaluation at `PLANNED_BATCH`, by depth. */
  plannedBytes: Record<20 | 110, number>
  /** Dispatches of our training step, by depth. */
  dispatches: Record<20 | 110, number>
  figures: Figure[]
  /** Where losses differ; a bench of different computations says nothing. */
  disagreements: string[]
}

/** Measures what the arguments ask for; `say` is told how far it is. */
export async function bench(
  args: BenchArguments,
  command: string,
  say: (line: string) => void,
): Promise<BenchResult> {
  const { depth, batch, browser } = args
  const before = machine()
  const host = browser
    ? await (await import('./chromium')).chromiumHost()
    : nodeHost(await findAdapter(args.adapter))
  const measured = await measure(args, host, say).finally(() => host.close())
  const { model } = benchRun(depth, batch)
  const [shallow, deep] = [20, 110].map((layers) =>
    trainableNetwork(benchRun(layers, PLANNED_BATCH)),
  )
  const result = {
    date: new Date().toISOString().slice(0, 10),
    command,
    machine: before,
    runtime: host.runtime,
    ...{ net: modelName(model), depth, batch, browser },
    flop: trainingFlop(plan(model), batch),
    plannedBytes: { 20: shallow!.memory.bytes, 110: deep!.memory.bytes },
    dispatches: { 20: shallow!.parts.training.length, 110: deep!.parts.training.length },
    ...measured,
  }
  return {
    ...result,
    figures: figures(result),
    disagreements: disagreements(result.contenders),
  }
}
