import type { RunConfig } from '../run/config'

/**
 * What the page and the training worker say to each other: one union a direction. A run has an
 * `id` that the page chooses (rising numbers); the page ignores events of a run it has left.
 */
export type Command =
  /** Replaces the run, if there is one, by this one at step 0. The same run again is a reset. */
  | { type: 'configure'; id: number; run: RunConfig }
  /** Train until the run's last step; compiles first where that has not been done. */
  | { type: 'train' }
  /** Stop after the step that is under way. */
  | { type: 'pause' }
  /** One step, then pause. */
  | { type: 'step' }
  | { type: 'load-data'; source: DataRequest }
  | { type: 'cancel-load' }
  /** Remove CIFAR-10 from the browser's storage. */
  | { type: 'remove-data' }

/** Where CIFAR-10 comes from: the page's own server, or files that the user dropped or chose. */
export type DataRequest = { kind: 'server' } | { kind: 'files'; files: readonly File[] }

export type Event =
  | { type: 'device'; device: DeviceStatus }
  | { type: 'planned'; id: number; cost: RunCost }
  | { type: 'phase'; id: number; phase: Phase }
  | { type: 'steps'; id: number; steps: StepRecords }
  | { type: 'evaluation'; id: number; evaluation: Evaluation }
  | { type: 'progress'; id: number; progress: Progress }
  | { type: 'data'; data: DataStatus }

export type DeviceStatus =
  | { state: 'connecting' }
  | { state: 'ready'; name: string; software: boolean; f16: boolean }
  | { state: 'unavailable'; reason: string; remedy: string }

/** Known before the first step, without asking the GPU for anything. */
export interface RunCost {
  gpuBytes: number
  dispatches: number
}

export type Phase =
  | { phase: 'idle' }
  /** Kernels compiled so far and in all. */
  | { phase: 'compiling'; done: number; total: number }
  | { phase: 'training'; step: number }
  | { phase: 'evaluating'; step: number; done: number; total: number }
  | { phase: 'paused'; step: number }
  | { phase: 'finished'; step: number }
  | { phase: 'failed'; step: number; message: string; remedy: string }

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

export interface Progress {
  step: number
  steps: number
  imagesPerSecond: number
  secondsLeft: number
}

/** The state of CIFAR-10 in this browser. */
export type DataStatus =
  | { state: 'absent' }
  /** `ready`: the training files 1 … 5 that are there already. */
  | { state: 'loading'; ready: number[]; received: number; total: number | null; what: string }
  | { state: 'ready'; ready: number[]; persisted: boolean }
  /** A load that failed; `ready` is what was there before and still is. */
  | { state: 'failed'; ready: number[]; message: string; remedy: string }
