import type { Launch } from '../gpu/launch'
import { addLaunch } from '../shaders/add/op'
import type { Passage, Variable } from '../shaders/op'
import type { TensorType } from '../shaders/tensor'
import type { Graph, GraphNode } from './graph'

export interface Backward {
  launches: Launch<Variable>[]
  /** The gradient of every variable that has one. */
  gradients: ReadonlyMap<Variable, Variable>
}

export interface BackwardOptions {
  /** Launches to be made once a variable's gradient is complete, before anything writes over it. */
  watch?(variable: Variable, gradient: Variable): Launch<Variable>[]
  /** Outputs of nodes through which no gradient shall flow. */
  stops?: ReadonlySet<Variable>
}

/** Gradients on their way to one variable: as many as it has readers that pass one back. */
interface Arriving {
  expected: number
  parts: Variable[]
}

/**
 * The reverse pass: from `dy`, the gradient of `y`, to those of the leaves, in the places that
 * `leaves` names. Where a variable was read more than once its gradients are added in the reverse
 * order of the reads, always the same.
 */
export function backward(
  graph: Graph,
  y: Variable,
  dy: Variable,
  leaves: ReadonlyMap<Variable, Variable>,
  { watch, stops }: BackwardOptions = {},
): Backward {
  const flows = flowingNodes(graph, new Set(leaves.keys()), stops)
  const arriving = expectedGradients(flows)
  const gradients = new Map<Variable, Variable>([[y, dy]])
  /** Gradients that stand for more than one variable, or belong to the caller. */
  const shared = new Set([dy, ...leaves.values()])
  const launches: Launch<Variable>[] = []
  const makers = new Map(flows.map(({ node }) => [node.y, node]))
  /** Parts of the gradients that have been taken on through the passage of their variable's maker. */
  const passedParts = new Map<Variable, Variable>()

  const add = (parts: readonly Variable[], total: (last: boolean) => Variable) =>
    parts.reduce((a, b, i) => {
      const sum = total(i === parts.length - 1)
      launches.push(addLaunch(a, b, sum))
      return sum
    })
  /** The sum of what has come, where only one gradient is still to come, which will hold it all. */
  const othersOf = (variable: Variable): Variable | undefined => {
    const entry = arriving.get(variable)!
    if (entry.expected < 2 || entry.parts.length !== entry.expected - 1) return
    const sum = add(entry.parts, () => newGradient(variable))
    entry.parts = []
    entry.expected = 1
    return sum
  }
  const arrive = (variable: Variable, gradient: Variable) => {
    const { parts, expected } = arriving.get(variable)!
    parts.push(gradient)
    if (parts.length < expected) return
    const leaf = leaves.get(variable)
    const total = add(parts, (last) => (last && leaf) || newGradient(variable))
    gradients.set(variable, total)
    if (watch) launches.push(...watch(variable, total))
  }

  for (const { node, wanted } of flows.toReversed()) {
    const given = gradients.get(node.y)
    if (!given) continue
    const passed = wanted.filter((name) => node.op.passes?.includes(name))
    const computed = wanted.filter((name) => !passed.includes(name))
    const addend = Object.fromEntries(
      computed.flatMap((name) => {
        const before = node.op.accumulates?.includes(name) && othersOf(node.in[name]!)
        return before ? [[name, before]] : []
      }),
    )
    const grad = Object.fromEntries(
      computed.map((name) => {
        const variable = node.in[name]!
        const before = addend[name]
        if (before && !shared.has(before)) return [name, before]
        if (name === node.op.overwrites && !shared.has(given)) return [name, given]
        const alone = arriving.get(variable)!.expected === 1
        return [name, (alone && leaves.get(variable)) || newGradient(variable)]
      }),
    )
    if (computed.length > 0) {
      const complete = computed.filter((name) => {
        const before = addend[name]
        return arriving.get(node.in[name]!)!.expected === 1 && (!before || before === grad[name])
      })
      const onward = onwardOf(graph, node, complete, makers)
      for (const [name, { parts }] of Object.entries(onward)) {
        passedParts.set(node.in[name]!, parts)
      }
      const own = { dy: given, grad, addend, onward, passed: passedParts.get(node.y) }
      const context = { ...graph.context(node), ...own }
      launches.push(...node.op.gpu.backward!(context, node.attributes))
    }
    for (const name of computed) arrive(node.in[name]!, grad[name]!)
    for (const name of passed) arrive(node.in[name]!, given)
    if (passed.length > 0) shared.add(given)
    if (Object.values(grad).includes(given)) gradients.delete(node.y)
  }
  return { launches, gradients }
}

/** The passages that the node can take gradients through which it completes. */
function onwardOf(
  graph: Graph,
  { op, in: inputs, y, attributes }: GraphNode,
  complete: readonly string[],
  makers: ReadonlyMap<Variable, GraphNode>,
): Record<string, Passage & { parts: Variable }> {
  const types = Object.fromEntries(Object.entries(inputs).map(([name, { type }]) => [name, type]))
  const completed: { [name: string]: TensorType | undefined } =
    op.completes?.(types, attributes) ?? {}
  return Object.fromEntries(
    complete.flatMap((name) => {
      const [maker, type] = [makers.get(inputs[name]!), completed[name]]
      const passage = maker?.op.gpu.passage?.(graph.context(maker), maker.attributes)
      if (!passage || !type) return []
      return [[name, { ...passage, parts: { label: `${y.label}: batch norm parts`, type } }]]
    }),
  )
}

function newGradient(variable: Variable): Variable {
  return { label: `gradient of ${variable.label}`, type: variable.type }
}

interface FlowingNode {
  node: GraphNode
  /** Inputs whose gradient is needed. */
  wanted: string[]
}

/** The nodes through which a leaf reaches the output, and the inputs it comes in by. */
function flowingNodes(
  graph: Graph,
  leaves: ReadonlySet<Variable>,
  stops: ReadonlySet<Variable> = new Set(),
): FlowingNode[] {
  const dependent = new Set(leaves)
  const flows: FlowingNode[] = []
  for (const node of graph.nodes) {
    const wanted = node.op.differentiable.filter((name: string) => dependent.has(node.in[name]!))
    if (wanted.length === 0 || stops.has(node.y)) continue
    dependent.add(node.y)
    flows.push({ node, wanted })
  }
  return flows
}

function expectedGradients(flows: readonly FlowingNode[]): Map<Variable, Arriving> {
  const arriving = new Map<Variable, Arriving>()
  for (const { node, wanted } of flows) {
    for (const name of wanted) {
      const variable = node.in[name]!
      const entry = arriving.get(variable) ?? { expected: 0, parts: [] }
      entry.expected++
      arriving.set(variable, entry)
    }
  }
  return arriving
}
