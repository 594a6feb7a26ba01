import { beforeAll, describe, expect, test } from 'vitest'
import { openNodeDevice } from '../cli/adapter'
import { checked } from '../gpu/device'
import { PipelineCache } from '../gpu/pipelines'
import * as ops from './index'
import type { AnyOp } from './op'
import { selfTest } from './self-test'

/** float32 sums of some thousand terms stay well inside; a wrong index or tap is far outside. */
const TOLERANCE = 2e-5

let device: GPUDevice
let cache: PipelineCache

beforeAll(async () => {
  ;({ device } = await openNodeDevice(process.env.GPU_ADAPTER))
  cache = new PipelineCache(device)
})

describe.each(Object.values(ops) as AnyOp[])('$name', (op) => {
  test.each(op.cases)(
    'computes what the reference computes for $shapes $attributes',
    async (one) => {
      const differences = await checked(device, () => selfTest(device, cache, op, one))
      expect(differences.length).toBeGreaterThan(0)
      for (const { tensor, relative, fault } of differences) {
        expect(fault, `${op.name}: ${tensor}`).toBeUndefined()
        expect(relative, `${op.name}: ${tensor}`).toBeLessThan(TOLERANCE)
      }
    },
  )
})
