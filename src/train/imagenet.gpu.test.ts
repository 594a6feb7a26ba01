import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openNodeDevice } from '../cli/adapter'
import { paceEventLoop } from '../cli/pace'
import { Sampler } from '../data/sampler'
import { shapes10 } from '../data/shapes10'
import type { Gpu } from '../gpu/device'
import { PipelineCache } from '../gpu/pipelines'
import { VERSIONS, withVersion } from '../models/presets'
import type { ModelSpec } from '../models/spec'
import { parseRun } from '../run/config'
import { trainableNetwork } from './network'
import { Trainer } from './trainer'

const STEPS = 20

let gpu: Gpu
let cache: PipelineCache
let endPacing: () => void

beforeAll(async () => {
  gpu = await openNodeDevice(process.env.GPU_ADAPTER)
  cache = new PipelineCache(gpu.device)
  endPacing = paceEventLoop()
})
afterAll(() => endPacing())

/** ImageNet's stem and four stages, narrow and with one unit each. */
const narrow: ModelSpec = {
  ...{ stem: 'imagenet', stemWidth: 8, block: 'basic', units: [1, 1, 1, 1] },
  ...{ widths: [8, 8, 12, 16], order: 'original', strideAt: 'first' },
  ...{ shortcut: { kind: 'identity' }, projection: 'B', classes: 10 },
}

describe.each(VERSIONS)('%s', (version) => {
  test.each(['basic', 'bottleneck'] as const)(
    'a narrow ImageNet net of %s units learns one batch by heart',
    async (block) => {
      const run = parseRun({
        format: 1,
        seed: 2,
        model: withVersion({ ...narrow, block }, version),
        data: { name: 'shapes10', train: 8, validation: 0, order: 'sequential', augment: 'none' },
        train: {
          ...{ steps: STEPS, batchSize: 8, momentum: 0.9, weightDecay: 0 },
          learningRate: { kind: 'constant', rate: 0.05 },
        },
      })
      const network = trainableNetwork(run)
      const trainer = await Trainer.create(gpu, cache, network, new Sampler(shapes10(), run))
      for (let step = 0; step < STEPS; step++) await trainer.trainStep()
      const losses = (await trainer.readSteps()).map(({ loss }) => loss)
      expect(losses.at(-1)! / losses[0]!).toBeLessThan(0.3)
      trainer.destroy()
    },
  )
})
