import type { Graph } from '../autograd/graph'
import type { NetworkPlan, PlanNode } from '../models/plan'
import {
  add,
  batchNorm,
  batchNormInference,
  biasSigmoid,
  conv2d,
  dense,
  dropout,
  gate,
  globalAveragePool,
  maxPool,
  relu,
  softmaxCrossEntropy,
  weightedAdd,
  zeroPadShortcut,
} from '../shaders'
import type { Variable } from '../shaders/op'
import type { Parameters } from './parameters'

export type Mode = 'training' | 'evaluation'

/** What a network is applied to: a batch's feature map, and its labels for the loss. */
export interface NetworkInputs {
  input: Variable
  labels: Variable
}

/** A network in a graph. */
export interface Network {
  /** Of each image, and whether its top class is right. */
  loss: Variable
  correct: Variable
  /** What plan nodes give, by id, where it exists in memory. */
  outputs: ReadonlyMap<string, Variable>
}

/** The network with one op a layer. */
export function forward(
  graph: Graph,
  plan: NetworkPlan,
  parameters: Parameters,
  { input, labels }: NetworkInputs,
  mode: Mode,
): Network {
  const outputs = new Map<string, Variable>()
  for (const node of plan.nodes) {
    const inputs = node.inputs.map((id) => outputs.get(id)!)
    const isInput = node.layer.op === 'input'
    outputs.set(node.id, isInput ? input : applyLayer(graph, node, parameters, mode, inputs))
  }
  const { y, saved } = lossOf(graph, outputs.get(plan.output)!, labels)
  return { loss: y, correct: saved.correct, outputs }
}

export function lossOf(graph: Graph, logits: Variable, labels: Variable) {
  return graph.apply(softmaxCrossEntropy, { logits, labels }, {}, 'loss')
}

/** One layer as an op of its own; `inputs` are the outputs of the nodes that it reads. */
export function applyLayer(
  graph: Graph,
  { id, layer, output }: PlanNode,
  parameters: Parameters,
  mode: Mode,
  inputs: readonly Variable[],
): Variable {
  const [x, b, g] = inputs as [Variable, Variable?, Variable?]
  switch (layer.op) {
    case 'conv': {
      const { stride, padding } = layer
      const w = parameters.get(`${layer.name}.weight`)
      return graph.apply(conv2d, { x, w }, { stride, padding }, id).y
    }
    case 'batchNorm': {
      const inputs = normInputs(x, layer.name, parameters)
      if (mode === 'training') return graph.apply(batchNorm, inputs, {}, id).y
      return graph.apply(batchNormInference, inputs, {}, id).y
    }
    case 'relu':
      return graph.apply(relu, { x }, {}, id).y
    case 'maxPool': {
      const { kernel, stride, padding } = layer
      return graph.apply(maxPool, { x }, { kernel, stride, padding }, id).y
    }
    case 'zeroPadShortcut': {
      const attributes = { stride: layer.stride, channels: output.channels }
      return graph.apply(zeroPadShortcut, { x }, attributes, id).y
    }
    case 'add':
      return graph.apply(add, { a: x, b: b! }, {}, id).y
    case 'globalAveragePool':
      return graph.apply(globalAveragePool, { x }, {}, id).y
    case 'dense':
      return graph.apply(dense, { x, ...denseInputs(layer.name, parameters) }, {}, id).y
    case 'sigmoid':
      return graph.apply(biasSigmoid, { x, bias: parameters.get(`${layer.name}.bias`) }, {}, id).y
    case 'dropout': {
      if (mode === 'evaluation') return x
      return graph.apply(dropout, { x }, { rate: layer.rate, layer: layer.name }, id).y
    }
    case 'weightedAdd': {
      const factors = [layer.shortcut, layer.residual] as const
      return graph.apply(weightedAdd, { a: x, b: b! }, { factors }, id).y
    }
    case 'exclusiveGate':
    case 'shortcutGate': {
      const exclusive = layer.op === 'exclusiveGate'
      return graph.apply(gate, { h: x, f: b!, g: g! }, { exclusive }, id).y
    }
    case 'input':
      throw new Error('the input is no layer')
    default:
      return layer satisfies never
  }
}

/** A dense layer's parameters. */
export function denseInputs(name: string, parameters: Parameters) {
  return { w: parameters.get(`${name}.weight`), bias: parameters.get(`${name}.bias`) }
}

/** A batch norm's input, parameters and running estimates. */
export function normInputs(x: Variable, name: string, parameters: Parameters) {
  return {
    x,
    weight: parameters.get(`${name}.weight`),
    bias: parameters.get(`${name}.bias`),
    runningMean: parameters.get(`${name}.running_mean`),
    runningVariance: parameters.get(`${name}.running_var`),
  }
}
