import type { Launch } from '../gpu/launch'
import type { DispatchTime } from '../gpu/profile'
import { separateSums } from '../shaders/combine-sums'
import type { Variable } from '../shaders/op'
import { byteLength } from '../shaders/tensor'
import type { TrainableNetwork } from './network'

/** Which part of a training step a launch belongs to. */
export type Pass = 'forward' | 'backward' | 'update'

/** What one launch of a training step is for, and what its formula takes. */
export interface LaunchCost {
  kernel: string
  /** A node of the plan, or `loss`, `metrics`, `optimiser`. */
  layer: string
  pass: Pass
  /** 2 for each multiply-add of a convolution or a dense layer, 0 for all else. */
  flops: number
  /** Of the tensors it reads and writes, each once. */
  bytes: number
}

/** A launch of a profiled step: when it began after the step did, and how long it took. */
export interface LaunchProfile extends LaunchCost {
  start: number
  milliseconds: number
}

type Network = Pick<TrainableNetwork, 'parts' | 'parameters' | 'feeds' | 'lossScale'>

/**
 * The cost of every launch of a training step. A launch belongs to the layer whose parameters it
 * reads, or whose gradients it writes; one that only prepares belongs with the launch that reads
 * what it made; and one without parameters to the layer that made what it writes, or whose
 * gradient that is. The head is the classifier's. Of two sums in one launch the one with more bytes
 * says where both belong.
 */
export function launchCosts(network: Network): LaunchCost[] {
  const { training } = network.parts
  const separate = training.map(separateSums)
  const costs = costsOf(separate.flat(), network)
  return separate.map((launches, i) => {
    const own = costs.splice(0, launches.length)
    const { layer, pass } = own.reduce((a, b) => (b.bytes > a.bytes ? b : a))
    const launch = training[i]!
    const flops = own.reduce((sum, cost) => sum + cost.flops, 0)
    return { kernel: launch.kernel.label, layer, pass, flops, bytes: bytesOf(launch) }
  })
}

function costsOf(
  launches: readonly Launch<Variable>[],
  { parameters, feeds, lossScale }: Network,
): LaunchCost[] {
  const names = new Set(parameters.plans.map(({ name }) => name))
  const updated = new Set([...parameters.weights.slabs(), ...Object.values(lossScale ?? {})])
  const layers = launches.map((launch) => parameterLayer(launch, names))
  const backward = launches.findIndex(({ reads }) => reads.includes(feeds.lossGradient))
  return launches.map((launch, i) => {
    const cost = {
      kernel: launch.kernel.label,
      flops: launch.flops ?? 0,
      bytes: bytesOf(launch),
    }
    if (launch.writes.some((variable) => updated.has(variable))) {
      return { ...cost, layer: 'optimiser', pass: 'update' }
    }
    const pass = i < backward ? 'forward' : 'backward'
    const own = layers[i] ?? (launch.reads.includes(feeds.lossGradient) ? 'loss' : undefined)
    const layer = own ?? readerLayer(launches, layers, i) ?? tensorName(launch.writes[0]!)
    return { ...cost, layer, pass }
  })
}

/** Launches and their times, in one list. */
export function profiled(
  costs: readonly LaunchCost[],
  times: readonly DispatchTime[],
): LaunchProfile[] {
  return costs.map((cost, i) => {
    const { start, milliseconds } = times[i]!
    return { ...cost, start, milliseconds }
  })
}

/** Scratch tensors are named `layer: what`, gradients `gradient of layer`. */
function tensorName({ label }: Variable): string {
  return label.replace(/^gradient of /, '').replace(/: .*$/, '')
}

function variablesOf({ reads, writes, uniforms = [] }: Launch<Variable>): Set<Variable> {
  return new Set([...reads, ...writes, ...uniforms])
}

function bytesOf(launch: Launch<Variable>): number {
  return [...variablesOf(launch)].reduce((sum, { type }) => sum + byteLength(type), 0)
}

/** `layer1.0.conv1` of a launch that has to do with `layer1.0.conv1.weight`. */
function parameterLayer(launch: Launch<Variable>, names: ReadonlySet<string>): string | undefined {
  const found = Array.from(variablesOf(launch), tensorName).find((name) => names.has(name))
  return found?.replace(/\.\w+$/, '')
}

/** The layer of the launch that reads scratch which this one makes. */
function readerLayer(
  launches: readonly Launch<Variable>[],
  layers: readonly (string | undefined)[],
  i: number,
): string | undefined {
  const made = launches[i]!.writes.filter(({ label }) => label.includes(': '))
  if (made.length === 0) return undefined
  const reader = launches.findIndex(
    ({ reads }, j) => j > i && made.some((variable) => reads.includes(variable)),
  )
  return layers[reader]
}
