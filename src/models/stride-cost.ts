import { count } from './counts'
import { plan } from './plan'
import type { ModelSpec } from './spec'

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
