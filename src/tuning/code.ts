import type { Launch } from '../gpu/launch'
import { CONV_KERNELS, type ConvShape, FILTER_GRADIENT_QUADS } from '../shaders/conv2d/choice'
import type { Variable } from '../shaders/op'
import { withStorage } from '../shaders/storage'
import { trialOf } from './trial'

const conv = (C: number, K: number, stride: number): ConvShape => ({
  ...{ element: 'f32', x: [8, 8, 8, C], w: [3, 3, C, K], stride, padding: 1 },
})
/** That have between them all code and constants: narrow, wide, over 64 KiB, with a stride. */
const SHAPES = [conv(4, 8, 1), conv(16, 16, 2), conv(64, 128, 1)]

/** SHA-256 of the code of all candidates: what was measured with other code says nothing. */
export function kernelsHash(): Promise<string> {
  return hashOf(
    SHAPES.flatMap((shape) => [
      ...(['forward', 'dataGradient'] as const).flatMap((aspect) =>
        CONV_KERNELS.flatMap((kernel) => trialOf(shape, aspect).launches(kernel)),
      ),
      ...FILTER_GRADIENT_QUADS.flatMap((quads) =>
        trialOf(shape, 'filterGradientQuads').launches(quads),
      ),
    ]),
  )
}

/** Of the launches' code and constants, not of their sizes. */
export async function hashOf(launches: readonly Launch<Variable>[]): Promise<string> {
  const codes = launches.map(withStorage).map(({ kernel, constants }) => [kernel.code, constants])
  const bytes = new TextEncoder().encode(JSON.stringify(codes))
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
