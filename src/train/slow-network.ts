import { Arena } from '../autograd/arena'
import { backward } from '../autograd/backward'
import { Graph } from '../autograd/graph'
import { type MemoryPlan, planMemory } from '../autograd/memory'
import type { Launch } from '../gpu/launch'
import { type NetworkPlan, plan } from '../models/plan'
import { forward } from '../nn/forward'
import { Parameters } from '../nn/parameters'
import type { RunConfig } from '../run/config'
import { copyLaunch } from '../shaders/branch/op'
import type { Variable } from '../shaders/op'
import { type Feeds, feedsFor, imagesOf } from './network'

/** The launches that show a step's tensors, laid out in memory; nothing on the GPU yet. */
export interface SlowNetwork {
  run: RunConfig
  plan: NetworkPlan
  parameters: Parameters
  feeds: Omit<Feeds, 'ring'>
  launches: readonly Launch<Variable>[]
  memory: MemoryPlan
  /** The loss of each image. */
  loss: Variable
  /** What the samples lie in. */
  samples: Arena
  /** The batch's first image in the output of each node, and in its gradient, by the node's id. */
  values: ReadonlyMap<string, Variable>
  gradients: ReadonlyMap<string, Variable>
}

/**
 * Forward with one op a layer and backward by data gradients alone, to the first layer's output; the
 * first image of every map is copied as soon as it is complete. Feature maps are in f32 even where
 * the run stores them in f16. Pure, like `trainableNetwork`.
 */
export function slowNetwork(run: RunConfig): SlowNetwork {
  const network = plan(run.model)
  const parameters = new Parameters(network)
  const { ring: _, ...feeds } = feedsFor(run.train.batchSize)
  const graph = new Graph(feeds.settings)
  const inputs = { input: imagesOf(graph, feeds), labels: feeds.labels }
  const { loss, outputs } = forward(graph, network, parameters, inputs, 'training')
  const ids = new Map(Array.from(outputs, ([id, variable]) => [variable, id]))

  const samples = new Arena('samples')
  const sampleOf = ({ label, type }: Variable) =>
    samples.add(`one image of ${label}`, { ...type, shape: [1, ...type.shape.slice(1)] })
  const values = new Map(Array.from(outputs, ([id, variable]) => [id, sampleOf(variable)]))
  const forwards = graph.forward().flatMap((launch) => [
    launch,
    ...launch.writes.flatMap((made) => {
      const id = ids.get(made)
      return id === undefined ? [] : [copyLaunch(made, values.get(id)!)]
    }),
  ])
  const gradients = new Map<string, Variable>()
  const first = outputs.get(network.nodes[1]!.id)!
  const leaf = new Map([[first, { label: `gradient of ${first.label}`, type: first.type }]])
  const { launches: backwards } = backward(graph, loss, feeds.lossGradient, leaf, {
    watch(variable, gradient) {
      const id = ids.get(variable)
      if (id === undefined) return []
      const sample = sampleOf(gradient)
      gradients.set(id, sample)
      return [copyLaunch(gradient, sample)]
    },
  })
  const launches = [...forwards, ...backwards]
  const arenas = [parameters.weights, parameters.estimates, samples]
  const slabs = arenas.flatMap((arena) => arena.slabs())
  const places = new Map(arenas.flatMap((arena) => [...arena.places]))
  const memory = planMemory(launches, places, new Set([...Object.values(feeds), ...slabs, loss]))
  const made = { launches, memory, loss, samples, values, gradients }
  return { run, plan: network, parameters, feeds, ...made }
}
