import { describe, expect, test } from 'vitest'
import { onAdapter } from '../../test/trainer-on-adapter'
import { VERSIONS, withVersion } from '../models/presets'
import type { ModelSpec } from '../models/spec'
import { parseRun } from '../run/config'

const STEPS = 20

const adapter = onAdapter()

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
      const trainer = await adapter.trainer(run)
      for (let step = 0; step < STEPS; step++) await trainer.trainStep()
      const losses = (await trainer.readSteps()).map(({ loss }) => loss)
      expect(losses.at(-1)! / losses[0]!).toBeLessThan(0.3)
      trainer.destroy()
    },
  )
})
