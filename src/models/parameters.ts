import type { MapShape, NetworkPlan, PlanNode } from './plan'

/** How a tensor's first values are made (He et al. 2015, *Delving Deep into Rectifiers*). */
export type Initial =
  | { kind: 'normal'; standardDeviation: number }
  | { kind: 'constant'; value: number }

export interface TensorPlan {
  /** PyTorch's name: `layer1.0.conv1.weight`. */
  name: string
  /** PyTorch's shape: OIHW for a convolution, out × in for the dense layer. */
  shape: number[]
  initial: Initial
  /** False for BN's running estimates: saved with the net, but not trained. */
  trained: boolean
}

/** The nodes' outputs, by their ids. */
type Maps = ReadonlyMap<string, MapShape>

const constant = (value: number): Initial => ({ kind: 'constant', value })

function tensorsOf({ layer, inputs, output }: PlanNode, maps: Maps): TensorPlan[] {
  const out = output.channels
  switch (layer.op) {
    case 'conv': {
      const fanOut = layer.kernel * layer.kernel * out
      return [
        {
          name: `${layer.name}.weight`,
          shape: [out, maps.get(inputs[0]!)!.channels, layer.kernel, layer.kernel],
          initial: { kind: 'normal', standardDeviation: Math.sqrt(2 / fanOut) },
          trained: true,
        },
      ]
    }
    case 'sigmoid':
      return [
        { name: `${layer.name}.bias`, shape: [out], initial: constant(layer.bias), trained: true },
      ]
    case 'batchNorm':
      return [
        { name: 'weight', value: 1, trained: true },
        { name: 'bias', value: 0, trained: true },
        { name: 'running_mean', value: 0, trained: false },
        { name: 'running_var', value: 1, trained: false },
      ].map(({ name, value, trained }) => ({
        name: `${layer.name}.${name}`,
        shape: [out],
        initial: constant(value),
        trained,
      }))
    case 'dense': {
      const fanIn = maps.get(inputs[0]!)!.channels
      return [
        {
          name: `${layer.name}.weight`,
          shape: [out, fanIn],
          initial: { kind: 'normal', standardDeviation: Math.sqrt(1 / fanIn) },
          trained: true,
        },
        { name: `${layer.name}.bias`, shape: [out], initial: constant(0), trained: true },
      ]
    }
    default:
      return []
  }
}

/** Every tensor of the net, trained ones and BN's running estimates, in the order of the layers. */
export function tensors(plan: NetworkPlan): TensorPlan[] {
  const maps: Maps = new Map(plan.nodes.map(({ id, output }) => [id, output]))
  return plan.nodes.flatMap((node) => tensorsOf(node, maps))
}
