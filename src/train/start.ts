import { initialValues } from '../nn/parameters'
import { FIRST_LOSS_SCALE } from '../shaders/loss-scale/loss-scale'
import { elements } from '../shaders/tensor'
import type { Checkpoint } from './checkpoint'
import type { TrainableNetwork } from './network'
import type { NamedTensors } from './trainer'

function fromSeed({ parameters, run }: TrainableNetwork): NamedTensors {
  return new Map(
    parameters.plans.map((plan) => {
      return [plan.name, { shape: plan.shape, data: initialValues(plan, run.seed) }]
    }),
  )
}

/** A run at step 0: with the seed's first values, or with tensors that fit the net. */
export function startOf(
  network: TrainableNetwork,
  tensors: NamedTensors = fromSeed(network),
): Checkpoint {
  const { plans } = network.parameters
  const still = ({ shape }: { shape: readonly number[] }) => ({
    shape,
    data: new Float32Array(elements(shape)),
  })
  return {
    run: network.run,
    step: 0,
    tensors: new Map(plans.map(({ name }) => [name, tensors.get(name)!])),
    velocities: new Map(
      plans.filter(({ trained }) => trained).map((plan) => [plan.name, still(plan)]),
    ),
    ...(network.lossScale ? { lossScale: FIRST_LOSS_SCALE } : {}),
    losses: new Float32Array(0),
    corrects: new Float32Array(0),
    seconds: new Float32Array(0),
    evaluations: [],
  }
}
