import type { ComparisonConfig } from '../run/comparison'
import type { Place } from '../train/race'

/**
 * The file of one lane: `net.safetensors` becomes `net.2-v1.5.safetensors`, and with several seeds
 * `net.2-v1.5.seed-7.safetensors`. The lane's number keeps apart what a file system cannot.
 */
export function laneFile(
  path: string,
  { lanes, seed, seeds }: ComparisonConfig,
  { lane, seedIndex }: Place,
): string {
  const name = lanes[lane]!.name.replace(/[^\p{L}\p{N}._-]+/gu, '-')
  const ofSeed = seeds > 1 ? `.seed-${seed + seedIndex}` : ''
  const [, stem, extension] = /^(.*?)(\.[^./\\]*)?$/s.exec(path)!
  return `${stem}.${lane + 1}-${name}${ofSeed}${extension ?? ''}`
}
