import type { TrainConfig } from '../run/config'

/** Half of it, the setting that asks less of a GPU; undefined where one image is all there is. */
export function smallerBatch({ batchSize }: Pick<TrainConfig, 'batchSize'>): number | undefined {
  return batchSize > 1 ? Math.floor(batchSize / 2) : undefined
}

/** A run or a comparison with half the batch. */
export function withSmallerBatch<C extends { train: Pick<TrainConfig, 'batchSize'> }>(
  config: C,
): C {
  const { train } = config
  return { ...config, train: { ...train, batchSize: smallerBatch(train) ?? train.batchSize } }
}
