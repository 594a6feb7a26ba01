import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-webgpu'
// Core alone has no gradients; this registers them.
import '@tensorflow/tfjs-layers'
import type { PlanNode } from '../src/models/plan'
import { engineType, fromTorch } from '../src/nn/layout'
import { EPSILON, MOMENTUM as TOWARD_BATCH } from '../src/shaders/batch-norm/reference'
import type { Contender, Training } from './contender'
import { LEARNING_RATE, MOMENTUM, oneHot, type Workload } from './workload'

type Variables = ReadonlyMap<string, tf.Variable>

/** TensorFlow.js on the adapter of `navigator.gpu`, op by op as its users write a step. */
export async function tensorflow(): Promise<Contender> {
  if (!(await tf.setBackend('webgpu'))) throw new Error('TensorFlow.js found no WebGPU')
  await tf.ready()
  return { title: `TensorFlow.js ${tf.version_core}, WebGPU`, build }
}

async function build(workload: Workload): Promise<Training> {
  const { images, labels, tensors, plan, run } = workload
  const [side, channels] = [plan.nodes[0]!.output.height, plan.nodes[0]!.output.channels]
  const x = tf.tensor4d(images, [labels.length, side, side, channels])
  const targets = tf.tensor2d(oneHot(workload), [labels.length, run.model.classes])
  const variables: Variables = new Map(
    tensors.map(({ name, shape, data, trained }) => [
      name,
      tf.variable(tf.tensor(fromTorch(shape, data), [...engineType(shape).shape]), trained),
    ]),
  )
  const trained = tensors.filter((tensor) => tensor.trained)
  const parameters = trained.map(({ name }) => variables.get(name)!)
  const optimizer = tf.train.momentum(LEARNING_RATE, MOMENTUM)

  function loss(): tf.Scalar {
    const outputs = new Map<string, tf.Tensor>()
    for (const node of plan.nodes) outputs.set(node.id, layer(node, x, outputs, variables))
    return tf.losses.softmaxCrossEntropy(targets, outputs.get(plan.output)! as tf.Tensor2D)
  }

  return {
    async step() {
      const cost = tf.tidy(() => optimizer.minimize(loss, true, parameters)!)
      const [value] = await cost.data()
      cost.dispose()
      return value!
    },
  }
}

/** The output of one node of the plan. */
function layer(
  { layer, inputs, output }: PlanNode,
  images: tf.Tensor4D,
  outputs: ReadonlyMap<string, tf.Tensor>,
  variables: Variables,
): tf.Tensor {
  const [x, y] = inputs.map((id) => outputs.get(id)! as tf.Tensor4D)
  const weight = (name: string) => variables.get(`${name}.weight`)!
  switch (layer.op) {
    case 'input':
      return images
    case 'conv':
      return tf.conv2d(x!, weight(layer.name) as tf.Tensor4D, layer.stride, layer.padding)
    case 'batchNorm':
      return batchNorm(x!, layer.name, variables)
    case 'relu':
      return tf.relu(x!)
    case 'add':
      return tf.add(x!, y!)
    case 'zeroPadShortcut': {
      // A pooling window of one pixel: a strided slice has no gradient.
      const fewer = tf.avgPool(x!, 1, layer.stride, 'valid')
      const added = output.channels - fewer.shape[3]
      return tf.pad(fewer, [[0, 0], [0, 0], [0, 0], [0, added]]) // biome-ignore format: a row
    }
    case 'globalAveragePool':
      return tf.mean(x!, [1, 2])
    case 'dense': {
      const product = tf.matMul(x! as tf.Tensor, weight(layer.name) as tf.Tensor2D)
      return tf.add(product, variables.get(`${layer.name}.bias`)!)
    }
    default:
      throw new Error(`the bench has no TensorFlow.js for "${layer.op}"`)
  }
}

/** With the batch's statistics, which also move the running estimates. */
function batchNorm(x: tf.Tensor4D, name: string, variables: Variables): tf.Tensor4D {
  const get = (tensor: string) => variables.get(`${name}.${tensor}`)! as tf.Variable<tf.Rank.R1>
  const { mean, variance } = tf.moments(x, [0, 1, 2])
  const count = x.size / x.shape[3]
  const move = (estimate: tf.Variable, batch: tf.Tensor) =>
    estimate.assign(tf.add(tf.mul(estimate, 1 - TOWARD_BATCH), tf.mul(batch, TOWARD_BATCH)))
  move(get('running_mean'), mean)
  move(get('running_var'), tf.mul(variance, count / (count - 1)))
  const [offset, scale] = [get('bias'), get('weight')]
  const batch = [mean, variance] as [tf.Tensor1D, tf.Tensor1D]
  return tf.batchNorm(x, ...batch, offset, scale, EPSILON) as tf.Tensor4D
}
