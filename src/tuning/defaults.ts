import type { AdapterInfo } from '../gpu/device'
import {
  type ConvChoice,
  type ConvKernel,
  type ConvShape,
  FIXED_CHOICE,
} from '../shaders/conv2d/choice'

/**
 * What an adapter is taken for until it has been measured: `software` runs short code best, `tiles`
 * has memory of its own for a workgroup, `registers` is faster without it, or unknown.
 */
export type AdapterClass = 'software' | 'tiles' | 'registers'

const WITH_TILES = ['nvidia', 'amd', 'intel']

export function adapterClass({ software, vendor }: AdapterInfo): AdapterClass {
  if (software) return 'software'
  return WITH_TILES.includes(vendor) ? 'tiles' : 'registers'
}

/** Channels below which a tile in workgroup memory is read too seldom to pay for its barriers. */
const TILED_CHANNELS = 16
/** Of a workgroup of `tiled-wide`. */
const [WIDE_PIXELS, WIDE_CHANNELS] = [128, 64]
/** Workgroups that keep a large GPU busy. */
const WANTED_GROUPS = 128

/** Where there is parallelism to fill, and registers are shared by the threads in flight. */
export const GPU_CHOICE = {
  forward: 'direct',
  dataGradient: 'direct',
  filterGradientThreads: 30_720,
  filterGradientQuads: 1,
} as const satisfies ConvChoice

/** How an adapter that has not been measured computes a convolution of this shape. */
export function defaultChoice(adapter: AdapterInfo, { x, w, stride }: ConvShape): ConvChoice {
  const kind = adapterClass(adapter)
  if (kind === 'software') return FIXED_CHOICE
  if (kind === 'registers') return GPU_CHOICE
  const [N, H, W] = x as [number, number, number, number]
  const [, , C, K] = w as [number, number, number, number]
  const pixels = N * H * W
  return {
    ...GPU_CHOICE,
    forward: kernelFor(pixels / stride ** 2, C, K),
    dataGradient: kernelFor(pixels, K, C),
  }
}

function kernelFor(pixels: number, channelsRead: number, channelsMade: number): ConvKernel {
  if (Math.min(channelsRead, channelsMade) < TILED_CHANNELS) return 'direct'
  const wideGroups = (pixels / WIDE_PIXELS) * (channelsMade / WIDE_CHANNELS)
  return channelsMade >= WIDE_CHANNELS && wideGroups >= WANTED_GROUPS ? 'tiled-wide' : 'tiled'
}
