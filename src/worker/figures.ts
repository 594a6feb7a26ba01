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

/** Why training goes back to its last checkpoint, and what it does there. */
export interface SetBackCause {
  /** What happened, a sentence. */
  reason: string
  /**
   * `continues` by itself; or `rests`, because it was to pause or there is no GPU; or `repeated`: the
   * second loss since that checkpoint, after which it rests too.
   */
  outcome: 'continues' | 'rests' | 'repeated'
}

/** What became of training whose device was lost, or its worker. */
export interface SetBack extends SetBackCause {
  /** Steps done at the last checkpoint, to which it went back. */
  step: number
}
