import type { RunConfig } from '../run/config'

/** What equation 4 meets in a net: it holds, or what stands in its way. */
export type Clean = 'clean' | 'relu' | 'shortcut' | 'plain'

/** A sum of float32 values is off by less than this, whatever the depth. */
export const FLOAT_ERROR = 1e-5

/**
 * Why the sum of a net's stages arrives changed, by its specification: f is a ReLU (or batch norm
 * and ReLU) after the addition, or h weighs or transforms x (He et al. 2016, equation 4).
 */
export function obstacleOf({ model: { order, shortcut } }: RunConfig): Clean {
  if (shortcut.kind === 'none') return 'plain'
  if (order === 'original' || order === 'bn-after-addition') return 'relu'
  return shortcut.kind === 'identity' ? 'clean' : 'shortcut'
}
