import packageJson from '../package.json'
import { type AdapterInfo, describeAdapter } from '../src/gpu/device'
import { plan } from '../src/models/plan'
import { modelName } from '../src/models/presets'
import { trainableNetwork } from '../src/train/network'
import { findAdapter, provideWebGpu } from './adapter'
import type { BenchArguments } from './arguments'
import { type Figure, figures } from './figures'
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
  adapter: AdapterInfo
  versions: Record<string, string>
  /** "ResNet-20 v1". */
  net: string
  depth: number
  batch: number
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
  const { depth, batch } = args
  const name = await findAdapter(args.adapter)
  const adapter = await provideWebGpu(name).requestAdapter()
  if (!adapter) throw new Error(`"${name}" gives no adapter`)
  const before = machine()
  const measured = await measure(args, name, say)
  const { model } = benchRun(depth, batch)
  const [shallow, deep] = [20, 110].map((layers) =>
    trainableNetwork(benchRun(layers, PLANNED_BATCH)),
  )
  const result = {
    date: new Date().toISOString().slice(0, 10),
    command,
    machine: before,
    adapter: describeAdapter(adapter),
    versions: versions(),
    ...{ net: modelName(model), depth, batch },
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

function versions(): Record<string, string> {
  const { webgpu } = packageJson.devDependencies
  return { [packageJson.name]: packageJson.version, 'webgpu (Dawn for Node)': webgpu }
}
