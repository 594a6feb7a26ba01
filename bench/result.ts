import { plan } from '../src/models/plan'
import { modelName } from '../src/models/presets'
import { trainableNetwork } from '../src/train/network'
import { launchCosts } from '../src/train/profile'
import type { BenchTask } from './contenders'
import { type Figure, figures } from './figures'
import { disagreements } from './losses'
import type { Machine } from './machine'
import type { Measurements } from './measure'
import { benchRun, trainingFlop } from './workload'

/** Batch that the planned bytes are told for. */
export const PLANNED_BATCH = 128

/** Where and how a bench was made. */
export interface Circumstances {
  date: string
  /** The command that repeats it, or what page it was made on. */
  how: string
  /** Whose WebGPU it is. */
  runtime: string
  /** Before the first step, where that can be known. */
  machine?: Machine
}

export interface BenchResult extends Measurements, Circumstances {
  /** "ResNet-20 v1". */
  net: string
  depth: number
  batch: number
  /** In a browser instead of processes of Node. */
  browser: boolean
  /** Of one training step. */
  flop: number
  /** Read or written by one training step: the tensors of each dispatch once. */
  bytes: number
  /** GPU bytes of our training and evaluation at `PLANNED_BATCH`, by depth. */
  plannedBytes: Record<20 | 110, number>
  /** Dispatches of our training step, by depth. */
  dispatches: Record<20 | 110, number>
  figures: Figure[]
  /** Where losses differ; a bench of different computations says nothing. */
  disagreements: string[]
}

/** All that follows from the measurements. */
export function resultOf(
  { depth, batch, browser }: BenchTask,
  measured: Measurements,
  circumstances: Circumstances,
): BenchResult {
  const run = benchRun(depth, batch)
  const planned = (layers: number) => trainableNetwork(benchRun(layers, PLANNED_BATCH))
  const [shallow, deep] = [planned(20), planned(110)]
  const result = {
    ...circumstances,
    ...{ net: modelName(run.model), depth, batch, browser },
    flop: trainingFlop(plan(run.model), batch),
    bytes: launchCosts(trainableNetwork(run)).reduce((sum, { bytes }) => sum + bytes, 0),
    plannedBytes: { 20: shallow.memory.bytes, 110: deep.memory.bytes },
    dispatches: { 20: shallow.parts.training.length, 110: deep.parts.training.length },
    ...measured,
  }
  return {
    ...result,
    figures: figures(result),
    disagreements: disagreements(result.contenders),
  }
}
