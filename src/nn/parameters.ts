import { Arena } from '../autograd/arena'
import { type TensorPlan, tensors } from '../models/parameters'
import type { NetworkPlan } from '../models/plan'
import { keyFor, normals } from '../random/seeded'
import type { Variable } from '../shaders/op'
import { elements } from '../shaders/tensor'
import { engineType } from './layout'

/** The variables of a net that outlive a step, by PyTorch's names. */
export class Parameters {
  readonly plans: readonly TensorPlan[]
  readonly weights = new Arena('parameters')
  readonly gradients = new Arena('gradients')
  readonly velocities = new Arena('velocities')
  readonly estimates = new Arena('running estimates')
  private readonly shapes = new Map<string, readonly number[]>()
  private readonly variables = new Map<string, Variable>()
  private readonly gradientOfName = new Map<string, Variable>()
  private readonly velocityOfName = new Map<string, Variable>()

  constructor(plan: NetworkPlan) {
    this.plans = tensors(plan)
    for (const { name, shape, trained } of this.plans) {
      const type = engineType(shape)
      this.shapes.set(name, shape)
      if (!trained) {
        this.variables.set(name, this.estimates.add(name, type))
        continue
      }
      this.variables.set(name, this.weights.add(name, type))
      this.gradientOfName.set(name, this.gradients.add(`gradient of ${name}`, type))
      this.velocityOfName.set(name, this.velocities.add(`velocity of ${name}`, type))
    }
  }

  get(name: string): Variable {
    const variable = this.variables.get(name)
    if (!variable) throw new Error(`the net has no tensor "${name}"`)
    return variable
  }

  /** A tensor's shape as PyTorch has it. */
  shape(name: string): readonly number[] {
    const shape = this.shapes.get(name)
    if (!shape) throw new Error(`the net has no tensor "${name}"`)
    return shape
  }

  gradient(name: string): Variable {
    return trained(this.gradientOfName, name)
  }

  /** The optimiser's running sum of gradients. */
  velocity(name: string): Variable {
    return trained(this.velocityOfName, name)
  }

  /** Each trained variable with its gradient. */
  leaves(): Map<Variable, Variable> {
    return new Map(
      Array.from(this.gradientOfName, ([name, gradient]) => [this.get(name), gradient]),
    )
  }

  get arenas(): readonly Arena[] {
    return [this.weights, this.gradients, this.velocities, this.estimates]
  }
}

function trained(variables: ReadonlyMap<string, Variable>, name: string): Variable {
  const variable = variables.get(name)
  if (!variable) throw new Error(`"${name}" is not trained`)
  return variable
}

/** A tensor's first values in PyTorch's layout: decided by the seed and its own name alone. */
export function initialValues({ name, shape, initial }: TensorPlan, seed: number): Float32Array {
  const count = elements(shape)
  if (initial.kind === 'constant') return new Float32Array(count).fill(initial.value)
  return normals(keyFor(seed, name), count, initial.standardDeviation)
}
