import { type Settings, TRAINING_IMAGES } from '../run/config'
import type { DataStatus } from '../worker/protocol'

const SHARD_IMAGES = 10_000
const SHARDS = TRAINING_IMAGES / SHARD_IMAGES

/** The training files of CIFAR-10 that are here already. */
export function readyShards(data: DataStatus): readonly number[] {
  return data.state === 'absent' ? [] : data.ready
}

/**
 * A run, or a comparison, on what is here of CIFAR-10: while files are missing it trains on the
 * first images that are there without a gap, and validates only if the last file has come. Null
 * where there is none.
 */
export function fitToData<T extends Settings>(run: T, shards: readonly number[]): T | null {
  if (run.data.name !== 'cifar10' || shards.length === SHARDS) return run
  let contiguous = 0
  while (shards.includes(contiguous + 1)) contiguous++
  if (contiguous === 0) return null
  const train = Math.min(run.data.train, contiguous * SHARD_IMAGES)
  const firstHeldOut = TRAINING_IMAGES - run.data.validation
  const shardsHeldOut = Array.from({ length: SHARDS }, (_, i) => i + 1).filter(
    (shard) => run.data.validation > 0 && shard * SHARD_IMAGES > firstHeldOut,
  )
  if (shardsHeldOut.every((shard) => shards.includes(shard))) {
    return { ...run, data: { ...run.data, train } }
  }
  const { evaluate: _, ...rest } = run
  return { ...(rest as T), data: { ...run.data, train, validation: 0 } }
}
