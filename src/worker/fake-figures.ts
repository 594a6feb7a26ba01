import type { Adjustment } from '../run/adjustment'
import type { RunConfig } from '../run/config'
import { settingsAt } from '../run/schedule'
import type { Evaluation, RunCost, StepRecords } from './figures'

/** Constant rates over this make the fake's nets diverge, and at which step. */
const HIGHEST_RATE = 5
const DIVERGES_AT = 12

/** A run whose figures are made up, at so many milliseconds a step. */
export interface FakeNet {
  run: RunConfig
  stepMs: number
  /** Added to the loss that it reaches: nets differ. */
  handicap?: number
  adjustments?: readonly Adjustment[]
}

/** The step at which the fake's net diverges, or infinity. */
export function divergesAt({ learningRate }: RunConfig['train']): number {
  const high = learningRate.kind === 'constant' && learningRate.rate > HIGHEST_RATE
  return high ? DIVERGES_AT : Number.POSITIVE_INFINITY
}

export function fakeCost({ model, train }: RunConfig): RunCost {
  const units = model.units.reduce((sum, count) => sum + count, 0)
  const share = units * model.widths[0]! * train.batchSize * 10_000
  const use = { weights: share, saved: 5 * share, scratch: share, input: share }
  const largest = [{ label: 'layer1.0.conv1', bytes: share }]
  const memory = { bytes: 8 * share, use, largest }
  return { gpuBytes: memory.bytes, dispatches: 20 + 30 * units, memory }
}

export function fakeSteps(net: FakeNet, first: number, count: number): StepRecords {
  const { train } = net.run
  const { adjustments } = net
  const steps = Array.from({ length: count }, (_, i) => first + i)
  const loss = Float32Array.from(steps, (step) => fakeLoss(net, step))
  return {
    ...{ first, loss },
    correct: Uint32Array.from(loss, (value) => Math.round(train.batchSize * share(value))),
    learningRate: Float64Array.from(
      steps,
      (step) => settingsAt(train, step, adjustments).learningRate,
    ),
    seconds: Float64Array.from(steps, (step) => ((step + 1) * net.stepMs) / 1000),
  }
}

export function fakeEvaluation(net: FakeNet, step: number): Evaluation {
  const loss = 1.04 * fakeLoss(net, step) + 0.03
  return { step, loss, accuracy: share(loss), images: net.run.evaluate!.images }
}

/** Falls from ln 10 to about 0.15, with ripples in place of the noise of batches. */
function fakeLoss({ run: { seed, train }, handicap = 0 }: FakeNet, step: number): number {
  if (step >= divergesAt(train)) return Number.NaN
  const lowest = 0.15 + handicap
  const ripple = 0.09 * Math.sin(1.7 * step + seed) + 0.07 * Math.sin(5.3 * step)
  const fallen = Math.exp((-5 * step) / train.steps)
  return Math.max(0.02, (Math.log(10) - lowest) * fallen + lowest + ripple * (0.3 + fallen))
}

/** The share of right answers that goes with a loss: a tenth at ln 10. */
function share(loss: number): number {
  return Math.min(1, Math.exp(-loss))
}
