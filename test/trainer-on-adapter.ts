import { afterAll, beforeAll } from 'vitest'
import { openNodeDevice } from '../src/cli/adapter'
import { paceEventLoop } from '../src/cli/pace'
import { Sampler } from '../src/data/sampler'
import { shapes10 } from '../src/data/shapes10'
import type { Gpu } from '../src/gpu/device'
import { PipelineCache } from '../src/gpu/pipelines'
import type { RunConfig } from '../src/run/config'
import { type NetworkOptions, trainableNetwork } from '../src/train/network'
import { Trainer } from '../src/train/trainer'

/** What the tests of a file share: the adapter that `GPU_ADAPTER` names, and its pipelines. */
export interface OnAdapter {
  readonly gpu: Gpu
  readonly cache: PipelineCache
  /** A trainer of the run on the built-in pictures; whoever asks for it destroys it. */
  trainer(run: RunConfig, options?: NetworkOptions): Promise<Trainer>
}

/** Opens the adapter before the file's tests and paces Node's event loop until they are done. */
export function onAdapter(): OnAdapter {
  let opened: { gpu: Gpu; cache: PipelineCache }
  let endPacing: () => void
  beforeAll(async () => {
    const gpu = await openNodeDevice(process.env.GPU_ADAPTER)
    opened = { gpu, cache: new PipelineCache(gpu.device) }
    endPacing = paceEventLoop()
  })
  afterAll(() => endPacing())
  return {
    get gpu() {
      return opened.gpu
    },
    get cache() {
      return opened.cache
    },
    trainer(run, options) {
      const { gpu, cache } = opened
      const sampler = new Sampler(shapes10(), run)
      return Trainer.create(gpu, cache, trainableNetwork(run, options), sampler)
    },
  }
}
