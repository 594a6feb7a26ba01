import { defaultDevice, init, jit, lax, nn, numpy as np, valueAndGrad } from '@jax-js/jax'
import packageJson from '../package.json'
import type { NetworkPlan, PlanNode } from '../src/models/plan'
import { EPSILON, MOMENTUM as TOWARD_BATCH } from '../src/shaders/batch-norm/reference'
import type { Contender, Training } from './contender'
import { LEARNING_RATE, MOMENTUM, oneHot, type Workload } from './workload'

/** Arrays by PyTorch's names. jax-js frees an array once it has been used: `.ref` keeps it. */
type Arrays = Record<string, np.Array>

/** jax-js on the adapter of `navigator.gpu`, with the whole step compiled as one. */
export async function jax(): Promise<Contender> {
  if (!(await init('webgpu')).includes('webgpu')) throw new Error('jax-js found no WebGPU')
  defaultDevice('webgpu')
  const version = packageJson.devDependencies['@jax-js/jax']
  return { title: `jax-js ${version}, WebGPU, whole step jitted`, build }
}

async function build(workload: Workload): Promise<Training> {
  const { images, labels, tensors, plan, run } = workload
  const { height, width, channels } = plan.nodes[0]!.output
  const shape = [labels.length, height, width, channels]
  const x = np.transpose(np.array(images, { shape }), [0, 3, 1, 2])
  const targets = np.array(oneHot(workload), { shape: [labels.length, run.model.classes] })
  const arrays = (trained: boolean, values: (data: Float32Array) => Float32Array): Arrays =>
    Object.fromEntries(
      tensors
        .filter((tensor) => tensor.trained === trained)
        .map(({ name, shape, data }) => [name, np.array(values(data), { shape })]),
    )
  let parameters = arrays(true, (data) => data)
  let velocities = arrays(true, (data) => new Float32Array(data.length))
  let estimates = arrays(false, (data) => data)
  const step = jit(trainingStep(plan))
  return {
    async step() {
      const [loss, ...state] = step(parameters, velocities, estimates, x.ref, targets.ref)
      ;[parameters, velocities, estimates] = state
      const [value] = await loss.data()
      return value!
    },
  }
}

/** SGD with momentum on the mean loss of the batch. */
function trainingStep(plan: NetworkPlan) {
  function loss(
    parameters: Arrays,
    estimates: Arrays,
    images: np.Array,
    targets: np.Array,
  ): [np.Array, Arrays] {
    const batch = images.shape[0]!
    const net = new Forward(plan, { ...parameters, ...estimates }, images)
    const losses = targets.mul(nn.logSoftmax(net.logits(), 1))
    return [np.sum(losses).mul(-1 / batch), net.moved]
  }
  const lossAndGradients = valueAndGrad(loss, { hasAux: true })

  return (
    parameters: Arrays,
    velocities: Arrays,
    estimates: Arrays,
    images: np.Array,
    targets: np.Array,
  ): [np.Array, Arrays, Arrays, Arrays] => {
    const kept = Object.fromEntries(
      Object.entries(parameters).map(([name, array]) => [name, array.ref]),
    )
    const [[value, moved], gradients] = lossAndGradients(kept, estimates, images, targets)
    const next: [Arrays, Arrays] = [{}, {}]
    for (const [name, gradient] of Object.entries(gradients as Arrays)) {
      const velocity = velocities[name]!.mul(MOMENTUM).add(gradient)
      next[0][name] = parameters[name]!.sub(velocity.ref.mul(LEARNING_RATE))
      next[1][name] = velocity
    }
    return [value, ...next, moved]
  }
}

/** The forward pass of a plan, NCHW. */
class Forward {
  /** The running estimates after the step. */
  readonly moved: Arrays = {}
  private readonly outputs = new Map<string, np.Array>()
  private readonly readers = new Map<string, number>()

  constructor(
    private readonly plan: NetworkPlan,
    private readonly tensors: Arrays,
    private readonly images: np.Array,
  ) {
    for (const id of plan.nodes.flatMap(({ inputs }) => inputs)) {
      this.readers.set(id, (this.readers.get(id) ?? 0) + 1)
    }
  }

  logits(): np.Array {
    for (const node of this.plan.nodes) this.outputs.set(node.id, this.layer(node))
    return this.outputs.get(this.plan.output)!
  }

  /** A node's output; the last who reads it frees it. */
  private take(id: string): np.Array {
    const left = this.readers.get(id)! - 1
    this.readers.set(id, left)
    const output = this.outputs.get(id)!
    return left > 0 ? output.ref : output
  }

  private layer({ layer, inputs, output }: PlanNode): np.Array {
    const [x, y] = inputs.map((id) => this.take(id)) as [np.Array, np.Array]
    switch (layer.op) {
      case 'input':
        return this.images
      case 'conv': {
        const { name, stride, padding } = layer
        const weight = this.tensors[`${name}.weight`]!
        const sides: [number, number] = [padding, padding]
        return lax.conv(x, weight, [stride, stride], [sides, sides])
      }
      case 'batchNorm':
        return this.batchNorm(x, layer.name)
      case 'relu':
        return nn.relu(x)
      case 'add':
        return x.add(y)
      case 'zeroPadShortcut':
        return zeroPadShortcut(x, layer.stride, output.channels)
      case 'globalAveragePool':
        return np.mean(x, [2, 3])
      case 'dense': {
        const weight = np.transpose(this.tensors[`${layer.name}.weight`]!)
        return np.matmul(x, weight).add(this.tensors[`${layer.name}.bias`]!)
      }
      default:
        throw new Error(`the bench has no jax-js for "${layer.op}"`)
    }
  }

  /** With the batch's statistics, which also move the running estimates. */
  private batchNorm(x: np.Array, name: string): np.Array {
    const [N, C, H, W] = x.shape as [number, number, number, number]
    const count = N * H * W
    const get = (tensor: string) => this.tensors[`${name}.${tensor}`]!
    const move = (estimate: string, batch: np.Array) => {
      const id = `${name}.${estimate}`
      const toward = lax.stopGradient(batch.reshape([C])).mul(TOWARD_BATCH)
      this.moved[id] = get(estimate)
        .mul(1 - TOWARD_BATCH)
        .add(toward)
    }
    const mean = np.mean(x.ref, [0, 2, 3], { keepdims: true })
    const centred = x.sub(mean.ref)
    const variance = np.mean(np.square(centred.ref), [0, 2, 3], { keepdims: true })
    move('running_mean', mean)
    move('running_var', variance.ref.mul(count / (count - 1)))
    const scale = get('weight')
      .reshape([1, C, 1, 1])
      .div(np.sqrt(variance.add(EPSILON)))
    return centred.mul(scale).add(get('bias').reshape([1, C, 1, 1]))
  }
}

/** Every `stride`-th pixel, with channels of zeros appended: option A. */
function zeroPadShortcut(x: np.Array, stride: number, channels: number): np.Array {
  const [N, C, H, W] = x.shape as [number, number, number, number]
  const fewer = x
    .reshape([N, C, H / stride, stride, W / stride, stride])
    .slice([], [], [], 0, [], 0)
  return np.pad(fewer, [
    [0, 0],
    [0, channels - C],
    [0, 0],
    [0, 0],
  ])
}
