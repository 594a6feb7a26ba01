import type { MapShape } from '../models/plan'

/** Channels of a feature map that are shown. */
export const SHOWN_CHANNELS = 8

/** A feature map of one image, or the gradient of the batch's mean loss with respect to it. */
export interface Picture {
  /** Over all channels of the image. */
  rms: number
  /** The largest magnitude in the channels shown. */
  largest: number
  /** The first channels, one after another, row by row: values in 127ths of `largest`. */
  channels: Int8Array
}

/** What a node of the plan gave for the image. */
export interface NodePictures {
  id: string
  shape: MapShape
  value: Picture
  /** Undefined for the input, whose gradient nobody needs. */
  gradient: Picture | undefined
}

/** How far the step moved a tensor. */
export interface TensorUpdate {
  name: string
  /** ‖Δw‖ */
  change: number
  /** ‖w‖ before the step. */
  norm: number
}

/** A training step taken apart: forward, loss, backward, update. The image is the batch's first. */
export interface SlowStep {
  /** Steps done before it. */
  step: number
  /** In the order of the forward pass. */
  nodes: readonly NodePictures[]
  /** The image's class, and what the net holds each class's probability to be. */
  label: number
  probabilities: Float32Array
  /** Of the image; `meanLoss` of the batch. */
  loss: number
  meanLoss: number
  /** Of every trained tensor. */
  updates: readonly TensorUpdate[]
}
