import { canHold, DoesNotFit } from '../autograd/program'
import type { RunConfig } from '../run/config'
import { trainableNetwork } from './network'

/** Refuses a run in f16 where the device cannot store that; nothing is made for it. */
function checkPrecision({ train }: RunConfig, device: GPUDevice): void {
  if (train.precision !== 'f16' || device.features.has('shader-f16')) return
  throw new DoesNotFit(
    'This run stores feature maps in f16, which this adapter cannot: it has no shader-f16.',
    'Train in f32: under Precision on the page, as "train.precision" in a run file.',
  )
}

/**
 * Runs `work`, which lays the run out on the device. Where that throws `DoesNotFit`, the error says
 * which batch size the device can hold. A precision that it has not is refused at once.
 */
export async function fitting<T>(
  run: RunConfig,
  device: GPUDevice,
  work: () => T | Promise<T>,
): Promise<T> {
  checkPrecision(run, device)
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof DoesNotFit)) throw error
    const batchSize = await largestBatch(run, device)
    throw new DoesNotFit(
      error.message,
      batchSize > 0
        ? `A batch size of ${batchSize} fits.`
        : 'Not even one image fits: choose a net with fewer units or channels.',
    )
  }
}

/**
 * By planning smaller and smaller batches: the largest that the device can hold, as far as memory
 * grows with the batch (all but the partial sums do), or 0. What is returned has been allocated.
 */
async function largestBatch(run: RunConfig, device: GPUDevice): Promise<number> {
  let [fits, over] = [0, run.train.batchSize]
  while (over - fits > 1) {
    const batchSize = (fits + over) >> 1
    const { memory } = trainableNetwork({ ...run, train: { ...run.train, batchSize } })
    if (await canHold(device, memory)) fits = batchSize
    else over = batchSize
  }
  return fits
}
