import { cifarSpec } from '../models/presets'
import type { RunConfig } from './config'

/** What the page opens with: a small net on the built-in pictures, learnt in about a minute. */
export const FIRST_RUN: RunConfig = {
  format: 1,
  seed: 1,
  model: cifarSpec({ version: 'v2', block: 'basic', depth: 8 }),
  data: { name: 'shapes10', train: 9000, validation: 1000, order: 'shuffled', augment: 'none' },
  train: {
    steps: 600,
    batchSize: 32,
    learningRate: { kind: 'cosine', rate: 0.1, warmup: { steps: 10, rate: 0.02 } },
    momentum: 0.9,
    nesterov: false,
    weightDecay: 1e-4,
    precision: 'f32',
  },
  evaluate: { every: 100, images: 500 },
}
