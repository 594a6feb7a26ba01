import type { AdapterInfo } from '../gpu/device'
import { type ConvShape, shapeKey } from '../shaders/conv2d/choice'
import { elements } from '../shaders/tensor'
import { defaultChoice } from './defaults'
import type { Winners } from './table'
import { type Aspect, type Candidate, trialOf } from './trial'
import { CANDIDATES, isRight, NONE_WRONG, rightChoice, type Wrong } from './wrong'

/** One aspect to choose for one shape. The first candidate is what holds without a choice. */
export interface Subject {
  shape: ConvShape
  aspect: Aspect
  candidates: readonly [Candidate, ...Candidate[]]
}

const ASPECTS = Object.keys(CANDIDATES) as Aspect[]
/** Of pictures, whose gradient nothing asks for. */
const PICTURE_CHANNELS = 3

/** What there is to choose for these shapes and has no winner yet, largest convolution first. */
export function subjectsFor(
  adapter: AdapterInfo,
  shapes: readonly ConvShape[],
  winners: Winners,
  wrong: Wrong = NONE_WRONG,
): Subject[] {
  const work = ({ x, w, stride }: ConvShape) =>
    ((x[0]! * x[1]! * x[2]!) / stride ** 2) * elements(w)
  return shapes
    .toSorted((a, b) => work(b) - work(a))
    .flatMap((shape) => {
      const won = winners[shapeKey(shape)] ?? {}
      const standard = rightChoice(adapter, shape, defaultChoice(adapter, shape), wrong)
      return ASPECTS.filter((aspect) => !(aspect in won))
        .filter((aspect) => aspect !== 'dataGradient' || shape.x[3]! > PICTURE_CHANNELS)
        .map((aspect) => {
          const right = CANDIDATES[aspect].filter((one) => isRight(wrong, shape, aspect, one))
          return {
            shape,
            aspect,
            candidates: distinct(shape, aspect, [standard[aspect], ...right]),
          }
        })
    })
    .filter(({ candidates }) => candidates.length > 1)
}

/** The candidates without those that launch the same as one before. */
function distinct(
  shape: ConvShape,
  aspect: Aspect,
  candidates: readonly Candidate[],
): readonly [Candidate, ...Candidate[]] {
  const { launches } = trialOf(shape, aspect)
  const byLaunches = new Map<string, Candidate>()
  for (const candidate of candidates) {
    const same = JSON.stringify(
      launches(candidate).map(({ kernel, constants, sizes, workgroups }) => [
        ...[kernel.code, constants, sizes, workgroups],
      ]),
    )
    if (!byLaunches.has(same)) byLaunches.set(same, candidate)
  }
  return [...byLaunches.values()] as [Candidate, ...Candidate[]]
}
