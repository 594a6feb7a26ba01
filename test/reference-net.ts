import { Graph, type GraphNode } from '../src/autograd/graph'
import { Sampler } from '../src/data/sampler'
import { shapes10 } from '../src/data/shapes10'
import { type Path, plan } from '../src/models/plan'
import { forward } from '../src/nn/forward'
import { engineType, fromTorch } from '../src/nn/layout'
import { Parameters } from '../src/nn/parameters'
import type { RunConfig } from '../src/run/config'
import type { DrawSettings, HostTensor, Variable } from '../src/shaders/op'
import { feedsFor, imagesOf } from '../src/train/network'
import type { NamedTensors } from '../src/train/trainer'

type Values = Float64Array

/** What comes back to a node's input by one of its readers. */
interface Contribution {
  reader: GraphNode
  gradient: Values
}

/**
 * One training step of a run in float64 by the ops' own definitions, without the weights' update:
 * one op a layer, no kernels, no branches, and what meets at a fork told apart by who read it.
 */
export class ReferenceNet {
  readonly plan
  private readonly graph: Graph
  private readonly outputs: ReadonlyMap<string, Variable>
  private readonly values = new Map<Variable, HostTensor>()
  private readonly saved = new Map<GraphNode, Record<string, Values>>()
  private readonly draws: DrawSettings
  private readonly paths: ReadonlyMap<string, Path>
  private readonly gradients: ReadonlyMap<Variable, Contribution[]>

  constructor(run: RunConfig, tensors: NamedTensors, step: number) {
    this.plan = plan(run.model)
    this.draws = { seed: run.seed, step }
    this.paths = new Map(this.plan.nodes.map(({ id, path }) => [id, path]))
    const feeds = feedsFor(run.train.batchSize)
    const parameters = new Parameters(this.plan)
    this.graph = new Graph(feeds.settings)
    const images = imagesOf(this.graph, feeds)
    const inputs = { input: images, labels: feeds.labels }
    const { loss, outputs } = forward(this.graph, this.plan, parameters, inputs, 'training')
    this.outputs = outputs

    const { pixels, crops, labels } = new Sampler(shapes10(), run).training(step)
    this.set(feeds.bytes, new Uint32Array(pixels.buffer))
    this.set(feeds.crops, crops)
    this.set(feeds.labels, labels)
    for (const [name, { shape, data }] of tensors) {
      const value = {
        shape: engineType(shape).shape,
        data: Float64Array.from(fromTorch(shape, data)),
      }
      this.values.set(parameters.get(name), value)
    }
    this.forward()
    const { batchSize } = run.train
    this.gradients = this.backward(loss, new Float64Array(batchSize).fill(1 / batchSize))
  }

  value(id: string): Values {
    return this.values.get(this.outputs.get(id)!)!.data
  }

  /** ∂E/∂ a node's output, or the part of it that comes back by readers on these paths. */
  gradient(id: string, by?: readonly Path[]): Values {
    const all = this.gradients.get(this.outputs.get(id)!)!
    return total(all.filter(({ reader }) => !by || by.includes(this.paths.get(reader.y.label)!)))
  }

  /** What the gradient at one node becomes at nodes before it if F and gates pass nothing back. */
  direct(from: string): (id: string) => Values {
    const blocked = (node: GraphNode) => {
      const path = this.paths.get(node.y.label)!
      return path === 'residual' || path === 'gate'
    }
    const gradients = this.backward(this.outputs.get(from)!, this.gradient(from), blocked)
    return (id) => total(gradients.get(this.outputs.get(id)!) ?? [])
  }

  private set(variable: Variable, data: ArrayLike<number>): void {
    this.values.set(variable, { shape: variable.type.shape, data: Float64Array.from(data) })
  }

  private inputs(node: GraphNode): Record<string, HostTensor> {
    return Object.fromEntries(
      Object.entries(node.in).map(([name, variable]) => [name, this.values.get(variable)!]),
    )
  }

  private forward(): void {
    for (const node of this.graph.nodes) {
      const { y, saved = {} } = node.op.cpu.forward(this.inputs(node), node.attributes, this.draws)
      this.values.set(node.y, { shape: node.y.type.shape, data: y })
      this.saved.set(node, saved)
    }
  }

  private backward(
    y: Variable,
    dy: Values,
    blocked: (node: GraphNode) => boolean = () => false,
  ): Map<Variable, Contribution[]> {
    const found = new Map<Variable, Contribution[]>()
    for (const node of this.graph.nodes.toReversed()) {
      const given = node.y === y ? dy : found.has(node.y) ? total(found.get(node.y)!) : undefined
      if (!given || !node.op.cpu.backward || blocked(node)) continue
      const context = { y: this.values.get(node.y)!.data, dy: given, saved: this.saved.get(node)! }
      const parts = node.op.cpu.backward(this.inputs(node), context, node.attributes, this.draws)
      for (const [name, gradient] of Object.entries<Values | undefined>(parts)) {
        const variable = node.in[name]!
        if (!gradient) continue
        found.set(variable, [...(found.get(variable) ?? []), { reader: node, gradient }])
      }
    }
    return found
  }
}

function total(parts: readonly Contribution[]): Values {
  const [first, ...others] = parts.map(({ gradient }) => gradient)
  return others.reduce(
    (sum, part) => sum.map((value, i) => value + part[i]!),
    first ?? new Float64Array(1),
  )
}

export const norm = (values: Values) => Math.sqrt(dot(values, values))

export function dot(a: Values, b: Values): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0)
}
