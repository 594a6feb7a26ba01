import { tensors } from './parameters'
import type { NetworkPlan } from './plan'

export interface Counts {
  /** Trained parameters; BN's running estimates do not count. */
  parameters: number
  /** Multiply-adds of the convolutions and the dense layer for one image, forward. */
  multiplyAdds: number
  /** Layers with weights on the longest path, as in the papers' "ResNet-20". */
  depth: number
}

const product = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1)

/** Parameters, multiply-adds and depth of a network, by the conventions of the papers. */
export function count(plan: NetworkPlan): Counts {
  const channels = new Map(plan.nodes.map((node) => [node.id, node.output.channels]))
  let multiplyAdds = 0
  let depth = 0
  for (const { layer, inputs, output, path } of plan.nodes) {
    if (layer.op !== 'conv' && layer.op !== 'dense') continue
    const window = layer.op === 'conv' ? layer.kernel * layer.kernel : 1
    const reads = window * channels.get(inputs[0]!)!
    multiplyAdds += reads * output.channels * output.height * output.width
    if (path !== 'shortcut' && path !== 'gate') depth++
  }
  const parameters = tensors(plan)
    .filter((tensor) => tensor.trained)
    .reduce((sum, tensor) => sum + product(tensor.shape), 0)
  return { parameters, multiplyAdds, depth }
}
