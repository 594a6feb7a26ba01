import { count } from './counts'
import { plan } from './plan'
import type { ModelSpec } from './spec'

/** What others report of v1.5 against v1, both ResNet-50 on ImageNet. */
export const REPORTED_STRIDE_COST =
  '12 % more compute to train and 6 % less throughput for inference (README of TensorFlow’s official ResNet), and about 5 % fewer images a second in training (NVIDIA’s model card)'

/** True where `moved` is `first` with the stride moved from the first 1×1 to the 3×3: v1.5 to v1. */
export function movesStride(first: ModelSpec, moved: ModelSpec): boolean {
  return (
    first.block === 'bottleneck' &&
    first.strideAt === 'first' &&
    moved.strideAt === '3x3' &&
    JSON.stringify({ ...first, strideAt: '3x3' }) === JSON.stringify({ ...moved, strideAt: '3x3' })
  )
}

/** How many times the multiply-adds of `base` a net has. */
export function workRatio(model: ModelSpec, base: ModelSpec): number {
  return count(plan(model)).multiplyAdds / count(plan(base)).multiplyAdds
}
