import type { Launch } from '../gpu/launch'
import type { AnyOp, ForwardContext, Op, Variable } from '../shaders/op'
import { type MapElement, storedAs, type TensorType } from '../shaders/tensor'

/** One op applied to variables. */
export interface GraphNode {
  op: AnyOp
  attributes: unknown
  in: Record<string, Variable>
  y: Variable
  saved: Record<string, Variable>
}

/** Ops in the order in which they were applied: a static record, made once before training. */
export class Graph {
  readonly nodes: GraphNode[] = []

  /** `settings` is the uniform that ops with live settings read; `maps` how feature maps are stored. */
  constructor(
    readonly settings: Variable,
    private readonly maps: MapElement = 'f32',
  ) {}

  /** Applies an op and returns its output; throws where the inputs' shapes do not fit. */
  apply<In extends string, Attributes, Saved extends string, State extends In>(
    op: Op<In, Attributes, Saved, State>,
    inputs: Record<In, Variable>,
    attributes: Attributes,
    label: string = op.name,
  ): GraphNode & { saved: Record<Saved, Variable> } {
    const types = Object.fromEntries(
      Object.entries<Variable>(inputs).map(([name, { type }]) => [name, type]),
    ) as Record<In, TensorType>
    const saved = Object.fromEntries(
      Object.entries<TensorType>(op.saved?.(types, attributes) ?? {}).map(([name, type]) => [
        name,
        { label: `${label}: ${name}`, type: storedAs(this.maps, type) },
      ]),
    ) as Record<Saved, Variable>
    const y = { label, type: storedAs(this.maps, op.shape(types, attributes)) }
    const node = { op, attributes, in: inputs, y, saved }
    this.nodes.push(node)
    return node
  }

  /** What the ops' kernels are given: the node's variables, and scratch space of its own. */
  context(node: GraphNode): ForwardContext<string, string> {
    return {
      in: node.in,
      y: node.y,
      saved: node.saved,
      settings: this.settings,
      scratch: (label, type) => ({ label: `${node.y.label}: ${label}`, type }),
    }
  }

  /** The forward pass, in order. */
  forward(): Launch<Variable>[] {
    return this.nodes.flatMap((node) => node.op.gpu.forward(this.context(node), node.attributes))
  }
}
