import { backward } from '../autograd/backward'
import { Graph } from '../autograd/graph'
import { type MemoryPlan, planMemory } from '../autograd/memory'
import { IMAGE_BYTES, IMAGE_SIDE } from '../data/images'
import { MEAN, STANDARD_DEVIATION } from '../data/normalise'
import type { Launch } from '../gpu/launch'
import { type NetworkPlan, plan } from '../models/plan'
import { forward, type Mode } from '../nn/forward'
import { fusedForward } from '../nn/fused'
import { Parameters } from '../nn/parameters'
import type { RunConfig } from '../run/config'
import { input } from '../shaders'
import { combineSums } from '../shaders/combine-sums'
import {
  type ConvChoice,
  type ConvShape,
  type ConvTable,
  FIXED_CHOICE,
  shapeKey,
} from '../shaders/conv2d/choice'
import {
  adjustLaunch,
  type ScaleVariables,
  scaleVariables,
  unscaleLaunch,
} from '../shaders/loss-scale/loss-scale'
import { recordLaunch } from '../shaders/metrics/record'
import type { Variable } from '../shaders/op'
import { settingsType } from '../shaders/settings'
import { sgdLaunch } from '../shaders/sgd/sgd'
import { type MapElement, tensorType } from '../shaders/tensor'
import { SLOT_SIZE } from './metrics'

/** Steps whose figures the GPU keeps until they are read. */
export const RING_SLOTS = 1024

/** What the CPU writes before a step. */
export interface StepFeeds {
  settings: Variable
  bytes: Variable
  crops: Variable
  labels: Variable
}

/** What the CPU writes, and where a step's figures are found. */
export interface Feeds extends StepFeeds {
  /** The gradient of the mean over the batch with respect to each image's loss, scaled in f16. */
  lossGradient: Variable
  ring: Variable
}

export type Part = 'training' | 'evaluation'

/** A run's network made into launches and laid out in memory; nothing on the GPU yet. */
export interface TrainableNetwork {
  run: RunConfig
  plan: NetworkPlan
  parameters: Parameters
  feeds: Feeds
  /** Of a network whose feature maps are stored in f16. */
  lossScale: ScaleVariables | undefined
  parts: Record<Part, readonly Launch<Variable>[]>
  memory: MemoryPlan
  /** The shapes of its convolutions, each once, and how they are computed. */
  convolutions: readonly ConvShape[]
  choices: ConvTable
  /** Outputs of the plan's nodes in training, by id: only those that `keep` names can be read. */
  outputs: ReadonlyMap<string, Variable>
}

export function feedsFor(batchSize: number): Feeds {
  return {
    settings: { label: 'settings', type: settingsType },
    bytes: { label: 'bytes', type: tensorType('nb', [batchSize, IMAGE_BYTES / 4], 'u32') },
    crops: { label: 'crops', type: tensorType('ni', [batchSize, 3], 'u32') },
    labels: { label: 'labels', type: tensorType('n', [batchSize], 'u32') },
    lossGradient: { label: 'gradient of the losses', type: tensorType('n', [batchSize]) },
    ring: { label: 'metrics', type: tensorType('si', [RING_SLOTS, SLOT_SIZE]) },
  }
}

/** The batch as a feature map, made of its bytes. */
export function imagesOf(graph: Graph, { bytes, crops }: Pick<Feeds, 'bytes' | 'crops'>): Variable {
  const attributes = { side: IMAGE_SIDE, mean: MEAN, deviation: STANDARD_DEVIATION }
  return graph.apply(input, { bytes, crops }, attributes).y
}

/** How a network is made into launches. */
export interface NetworkOptions {
  /** Plan nodes whose output shall still be readable after the step. */
  keep?: readonly string[]
  /** False: one op a layer, the reference of the fused network. */
  fused?: boolean
  /** How each convolution of a fused network is computed. */
  choose?: (shape: ConvShape) => ConvChoice
}

/** From bytes to each image's loss. */
function lossGraph(
  plan: NetworkPlan,
  parameters: Parameters,
  feeds: Feeds,
  mode: Mode,
  maps: MapElement,
  { keep = [], fused = true, choose = () => FIXED_CHOICE }: NetworkOptions,
) {
  const { labels, settings } = feeds
  const graph = new Graph(settings, maps)
  const inputs = { input: imagesOf(graph, feeds), labels }
  const { loss, correct, outputs } = fused
    ? fusedForward(graph, plan, parameters, inputs, mode, { keep: new Set(keep), choose })
    : forward(graph, plan, parameters, inputs, mode)
  const record = recordLaunch({ loss, correct, ring: feeds.ring, settings })
  return { graph, outputs, loss, record }
}

/**
 * The launches of a training step and of an evaluation of one batch, and the memory that both
 * share. Pure: it costs milliseconds and says what a run will take before it is started.
 */
export function trainableNetwork(run: RunConfig, options: NetworkOptions = {}): TrainableNetwork {
  const network = plan(run.model)
  const parameters = new Parameters(network)
  const { batchSize, precision } = run.train
  const feeds = feedsFor(batchSize)
  const lossScale = precision === 'f16' ? scaleVariables() : undefined
  const { choose = () => FIXED_CHOICE } = options
  const chosen = new Map<string, { shape: ConvShape; choice: ConvChoice }>()
  const recorded = (shape: ConvShape) => {
    const one = chosen.get(shapeKey(shape)) ?? { shape, choice: choose(shape) }
    chosen.set(shapeKey(shape), one)
    return one.choice
  }
  const graphOf = (mode: Mode, keep: readonly string[]) => {
    const asked = { ...options, keep, choose: recorded }
    return lossGraph(network, parameters, feeds, mode, precision, asked)
  }
  const training = graphOf('training', options.keep ?? [])
  const evaluation = graphOf('evaluation', [])
  const reverse = backward(training.graph, training.loss, feeds.lossGradient, parameters.leaves())
  const gradientLaunches =
    options.fused === false ? reverse.launches : combineSums(reverse.launches)

  const [weights, gradients, velocities] = [
    parameters.weights.slabs(),
    parameters.gradients.slabs(),
    parameters.velocities.slabs(),
  ]
  parameters.estimates.slabs()
  const { settings } = feeds
  const update = weights.map((weight, i) => {
    const [gradient, velocity] = [gradients[i]!, velocities[i]!]
    return sgdLaunch({ weight, gradient, overflow: lossScale?.overflow, velocity, settings })
  })
  const parts = {
    training: [
      ...training.graph.forward(),
      training.record,
      ...gradientLaunches,
      ...(lossScale ? gradients.map((gradient) => unscaleLaunch(lossScale, gradient)) : []),
      ...update,
      ...(lossScale ? [adjustLaunch(lossScale, feeds)] : []),
    ],
    evaluation: [...evaluation.graph.forward(), evaluation.record],
  }
  const places = new Map(parameters.arenas.flatMap((arena) => [...arena.places]))
  const kept = (options.keep ?? []).map((id) => training.outputs.get(id)!)
  const memory = planMemory(
    [...parts.training, ...parts.evaluation],
    places,
    new Set([...Object.values(feeds), ...Object.values(lossScale ?? {}), ...kept]),
  )
  return {
    ...{ run, plan: network, parameters, feeds, lossScale, parts, memory },
    outputs: training.outputs,
    convolutions: Array.from(chosen.values(), ({ shape }) => shape),
    choices: Object.fromEntries(Array.from(chosen, ([key, { choice }]) => [key, choice])),
  }
}
