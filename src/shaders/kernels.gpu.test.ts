import { beforeAll, describe, expect, test } from 'vitest'
import { openNodeDevice } from '../cli/adapter'
import { checked, type Gpu } from '../gpu/device'
import { PipelineCache } from '../gpu/pipelines'
import * as ops from './index'
import type { AnyOp } from './op'
import { selfTest } from './self-test'

/** float32 sums of some thousand terms stay well inside; a wrong index or tap is far outside. */
const TOLERANCE = 2e-5

/** Half a step of f16 at each of the maps between input and output, of which no op has over four. */
const HALF_TOLERANCE = 4 * 2 ** -11

let gpu: Gpu
let cache: PipelineCache

beforeAll(async () => {
  gpu = await openNodeDevice(process.env.GPU_ADAPTER)
  cache = new PipelineCache(gpu.device)
})

describe.each(Object.values(ops) as AnyOp[])('$name', (op) => {
  test.each(op.cases)(
    'computes what the reference computes for $shapes $attributes',
    async (one) => {
      for (const maps of gpu.info.f16 ? (['f32', 'f16'] as const) : (['f32'] as const)) {
        const differences = await checked(gpu.device, () =>
          selfTest(gpu.device, cache, op, one, maps),
        )
        expect(differences.length).toBeGreaterThan(0)
        for (const { tensor, relative, fault } of differences) {
          expect(fault, `${op.name} in ${maps}: ${tensor}`).toBeUndefined()
          const tolerance = maps === 'f16' ? HALF_TOLERANCE : TOLERANCE
          expect(relative, `${op.name} in ${maps}: ${tensor}`).toBeLessThan(tolerance)
        }
      }
    },
  )
})
