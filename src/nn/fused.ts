import type { Graph } from '../autograd/graph'
import type { NetworkPlan, PlanNode } from '../models/plan'
import {
  batchCoefficients,
  conv2d,
  head,
  normAddRelu,
  normPadAddRelu,
  normRelu,
  normReluConv,
  normReluConvAdd,
  runningCoefficients,
} from '../shaders'
import { type ConvChoice, type ConvShape, convShape } from '../shaders/conv2d/choice'
import type { ConvAttributes } from '../shaders/conv2d/reference'
import type { Variable } from '../shaders/op'
import {
  applyLayer,
  denseInputs,
  lossOf,
  type Mode,
  type Network,
  type NetworkInputs,
  normInputs,
} from './forward'
import type { Parameters } from './parameters'

/** A batch norm that has its coefficients but has not been applied. */
interface Norm {
  x: Variable
  coefficients: Variable
  weight: Variable
  bias: Variable
}

/** What a plan node gives its readers. */
type Value =
  /** A feature map in memory, with its tiles' statistics where a batch norm wants them. */
  | { kind: 'map'; y: Variable; parts?: Variable | undefined }
  /** A batch norm, with a ReLU or without, that its reader will apply or have applied. */
  | { kind: 'norm'; norm: Norm; relu: boolean; id: string }
  /** A map to be zero-padded by its reader, or before it is read. */
  | { kind: 'padded'; node: PlanNode }
  /** The last convolution of F, waiting for what is added to it. */
  | { kind: 'convolution'; node: PlanNode; norm: Norm }

/**
 * The network with batch norm, ReLU and addition fused into the convolutions before and after
 * them, and its last layers into one head, wherever the plan allows it; the rest falls back to one
 * op a layer. Values are made when the first reader needs them. `keep` names nodes whose output must
 * exist in memory, `choose` says how a convolution is computed.
 */
export function fusedForward(
  graph: Graph,
  plan: NetworkPlan,
  parameters: Parameters,
  { input, labels }: NetworkInputs,
  mode: Mode,
  { keep, choose }: { keep: ReadonlySet<string>; choose: (shape: ConvShape) => ConvChoice },
): Network {
  return new Builder(graph, plan, parameters, mode, keep, choose).build(input, labels)
}

class Builder {
  private readonly values = new Map<string, Value>()
  private readonly readers = new Map<string, PlanNode[]>()
  /** Additions that have done the ReLU after them as well. */
  private readonly activated = new Set<string>()

  constructor(
    private readonly graph: Graph,
    private readonly plan: NetworkPlan,
    private readonly parameters: Parameters,
    private readonly mode: Mode,
    private readonly keep: ReadonlySet<string>,
    private readonly choose: (shape: ConvShape) => ConvChoice,
  ) {
    for (const node of plan.nodes) {
      for (const id of node.inputs) this.readers.set(id, [...this.readersOf(id), node])
    }
  }

  build(input: Variable, labels: Variable): Network {
    const [pool, classifier] = this.plan.nodes.slice(-2) as [PlanNode, PlanNode]
    const body = this.isHead(pool, classifier) ? this.plan.nodes.slice(0, -2) : this.plan.nodes
    for (const node of body) {
      const value: Value = node.layer.op === 'input' ? { kind: 'map', y: input } : this.value(node)
      this.values.set(node.id, value)
      if (this.keep.has(node.id)) this.read(node.id)
    }
    const { y, saved } =
      body === this.plan.nodes
        ? lossOf(this.graph, this.read(this.plan.output), labels)
        : this.head(pool, classifier, labels)
    const maps = Array.from(this.values, ([id, value]) =>
      value.kind === 'map' ? [[id, value.y] as const] : [],
    )
    return { loss: y, correct: saved.correct, outputs: new Map(maps.flat()) }
  }

  /** Whether the last two nodes are a pool that only the classifier reads, and neither is kept. */
  private isHead(pool: PlanNode, classifier: PlanNode): boolean {
    return (
      pool.layer.op === 'globalAveragePool' &&
      classifier.layer.op === 'dense' &&
      this.onlyReader(pool.id, classifier) &&
      !this.keep.has(classifier.id)
    )
  }

  private head(pool: PlanNode, { id, layer }: PlanNode, labels: Variable) {
    if (layer.op !== 'dense') throw new Error(`${id} is no dense layer`)
    const inputs = {
      x: this.read(pool.inputs[0]!),
      ...denseInputs(layer.name, this.parameters),
      labels,
    }
    return this.graph.apply(head, inputs, {}, 'loss')
  }

  private value(node: PlanNode): Value {
    const [first, second] = node.inputs as [string, string?]
    switch (node.layer.op) {
      case 'conv':
        return this.convolution(node, first)
      case 'batchNorm':
        return this.batchNorm(node, first)
      case 'relu':
        return this.relu(node, first)
      case 'add':
        return this.add(node, first, second!)
      case 'zeroPadShortcut':
        return { kind: 'padded', node }
      default:
        return this.alone(node)
    }
  }

  /** The node as an op of its own. */
  private alone(node: PlanNode): Extract<Value, { kind: 'map' }> {
    const inputs = node.inputs.map((id) => this.read(id))
    return { kind: 'map', y: applyLayer(this.graph, node, this.parameters, this.mode, inputs) }
  }

  private convolution(node: PlanNode, x: string): Value {
    const value = this.values.get(x)!
    const fusable = value.kind === 'norm' && value.relu && this.onlyReader(x, node)
    if (!fusable) {
      const inputs = { x: this.read(x), w: this.filter(node) }
      const attributes = this.attributes(node, inputs, node)
      const { y, saved } = this.graph.apply(conv2d, inputs, attributes, node.id)
      return { kind: 'map', y, parts: saved.parts }
    }
    const [reader] = this.readersOf(node.id)
    const added = reader?.layer.op === 'add' && reader.inputs[1] === node.id
    if (added && this.onlyReader(node.id, reader)) {
      return { kind: 'convolution', node, norm: value.norm }
    }
    const inputs = { ...value.norm, w: this.filter(node) }
    const attributes = this.attributes(node, inputs, node)
    const { y, saved } = this.graph.apply(normReluConv, inputs, attributes, node.id)
    return { kind: 'map', y, parts: saved.parts }
  }

  private batchNorm(node: PlanNode, x: string): Value {
    const { y, parts } = this.map(x)
    const name = node.layer.op === 'batchNorm' ? node.layer.name : node.id
    const { x: _, ...vectors } = normInputs(y, name, this.parameters)
    const { weight, bias } = vectors
    const label = `${name}: coefficients`
    if (this.mode === 'evaluation') {
      const coefficients = this.graph.apply(runningCoefficients, vectors, {}, label).y
      return { kind: 'norm', norm: { x: y, coefficients, weight, bias }, relu: false, id: node.id }
    }
    if (!parts) return this.alone(node)
    const attributes = { map: y.type.shape }
    const coefficients = this.graph.apply(
      batchCoefficients,
      { parts, ...vectors },
      attributes,
      label,
    ).y
    return { kind: 'norm', norm: { x: y, coefficients, weight, bias }, relu: false, id: node.id }
  }

  private relu(node: PlanNode, x: string): Value {
    const value = this.values.get(x)!
    if (this.activated.has(x)) return value
    if (value.kind !== 'norm' || !this.onlyReader(x, node)) return this.alone(node)
    return { ...value, relu: true, id: node.id }
  }

  private add(node: PlanNode, h: string, f: string): Value {
    const value = this.values.get(f)!
    if (value.kind === 'convolution') {
      const addend = this.read(h)
      const inputs = { ...value.norm, w: this.filter(value.node), addend }
      const attributes = this.attributes(value.node, inputs, node)
      const { y, saved } = this.graph.apply(normReluConvAdd, inputs, attributes, node.id)
      return { kind: 'map', y, parts: saved.parts }
    }
    const [reader] = this.readersOf(node.id)
    const activates = reader?.layer.op === 'relu' && this.onlyReader(node.id, reader)
    if (value.kind === 'norm' && !value.relu && activates && this.onlyReader(f, node)) {
      this.activated.add(node.id)
      return { kind: 'map', y: this.normAddRelu(value.norm, h, node, reader) }
    }
    return this.alone(node)
  }

  /** The end of a unit of v1, the zero padding of its shortcut included. */
  private normAddRelu(norm: Norm, h: string, node: PlanNode, relu: PlanNode): Variable {
    const shortcut = this.values.get(h)!
    if (shortcut.kind !== 'padded' || !this.onlyReader(h, node)) {
      return this.graph.apply(normAddRelu, { ...norm, addend: this.read(h) }, {}, relu.id).y
    }
    const { layer, inputs } = shortcut.node
    if (layer.op !== 'zeroPadShortcut') throw new Error(`${h} is no zero padding`)
    const { stride } = layer
    const addend = this.read(inputs[0]!)
    return this.graph.apply(normPadAddRelu, { ...norm, addend }, { stride }, relu.id).y
  }

  /** With statistics where a batch norm reads the result in training. */
  private attributes(
    { layer }: PlanNode,
    { x, w }: Record<'x' | 'w', Variable>,
    result: PlanNode,
  ): ConvAttributes {
    if (layer.op !== 'conv') throw new Error(`${result.id} is no convolution`)
    const statistics =
      this.mode === 'training' &&
      this.readersOf(result.id).some((reader) => reader.layer.op === 'batchNorm')
    const { stride, padding } = layer
    const choice = this.choose(convShape(x.type, w.type, { stride, padding }))
    return { stride, padding, statistics, choice }
  }

  private filter({ layer }: PlanNode): Variable {
    if (layer.op !== 'conv') throw new Error('only a convolution has a filter')
    return this.parameters.get(`${layer.name}.weight`)
  }

  private readersOf(id: string): readonly PlanNode[] {
    return this.readers.get(id) ?? []
  }

  private onlyReader(id: string, reader: PlanNode): boolean {
    const readers = this.readersOf(id)
    return readers.length === 1 && readers[0] === reader && !this.keep.has(id)
  }

  /** The node's output in memory; a batch norm still to be applied is applied now, once. */
  private map(id: string): Extract<Value, { kind: 'map' }> {
    const value = this.values.get(id)!
    if (value.kind === 'map') return value
    if (value.kind === 'convolution') throw new Error(`${id} is read by more than its addition`)
    if (value.kind === 'padded') {
      const map = this.alone(value.node)
      this.values.set(id, map)
      return map
    }
    const made = this.graph.apply(normRelu, { ...value.norm }, { relu: value.relu }, id)
    const map = { kind: 'map' as const, y: made.y }
    this.values.set(id, map)
    return map
  }

  private read(id: string): Variable {
    return this.map(id).y
  }
}
