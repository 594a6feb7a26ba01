import type { Workload } from './workload'

/** A library with a device, ready to build the workload's net. */
export interface Contender {
  /** Name and version, and where it computes: "TensorFlow.js 4.22.0, WebGPU". */
  title: string
  build(workload: Workload): Promise<Training>
}

/** A net in training. */
export interface Training {
  /** One step, whole: forward, backward, SGD with momentum. Returns the loss, read back. */
  step(): Promise<number>
  /** One evaluation of the batch, forward alone. */
  forward?(): Promise<unknown>
  /** CPU time to feed, encode and submit a step while the queue is idle, in milliseconds. */
  encode?(): Promise<number>
}
