/** Who makes the step, ours first. */
export const CONTENDERS = ['ours', 'tensorflow', 'jax', 'pytorch'] as const
export type ContenderName = (typeof CONTENDERS)[number]

/** What is to be measured. */
export interface Task {
  /** Layers of the CIFAR net. */
  depth: number
  batch: number
}

/** A whole bench. */
export interface BenchTask extends Task {
  rounds: number
  /** Ours among them. */
  contenders: readonly ContenderName[]
  /** In a browser instead of processes of Node. */
  browser: boolean
  /** With the cost against depth: our ResNet-110 beside our ResNet-20. */
  deep: boolean
}

/** Losses are compared over the first steps, so there must be some. */
export const FEWEST_ROUNDS = 3
