import type { MemorySummary } from '../train/memory-summary'

/** Known before the first step, without asking the GPU for anything. */
export interface RunCost {
  gpuBytes: number
  dispatches: number
  memory: MemorySummary
}

/** Consecutive steps from `first` on, a column a figure. */
export interface StepRecords {
  first: number
  loss: Float32Array
  /** Images of the batch that the net classified right. */
  correct: Uint32Array
  learningRate: Float64Array
  /** Training time since step 0 (without pauses) at which the step's result was known. */
  seconds: Float64Array
}

export interface Evaluation {
  /** Steps done when it was made. */
  step: number
  /** Mean over the images. */
  loss: number
  accuracy: number
  images: number
}

export interface WeightsHash {
  /** Steps done. */
  step: number
  sha256: string
}
