import { beforeAll, describe, expect, test } from 'vitest'
import { openNodeDevice } from '../cli/adapter'
import { checked, type Gpu } from '../gpu/device'
import { PipelineCache } from '../gpu/pipelines'
import * as ops from './index'
import type { AnyOp } from './op'
import { ALLOWED_ERROR, selfTest } from './self-test'

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
          expect(relative, `${op.name} in ${maps}: ${tensor}`).toBeLessThan(ALLOWED_ERROR[maps])
        }
      }
    },
  )
})
