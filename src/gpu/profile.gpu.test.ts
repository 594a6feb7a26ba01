import { expect, test } from 'vitest'
import { onAdapter } from '../../test/trainer-on-adapter'
import { openDevice } from './device'
import { DispatchList } from './dispatches'
import type { Launch } from './launch'
import { BufferPool, readBack } from './memory'
import { PipelineCache } from './pipelines'
import { profile } from './profile'

const COUNT = `
@group(0) @binding(0) var<storage, read_write> counter: array<u32>;
@compute @workgroup_size(1) fn main() { counter[0]++; }
`

const adapter = onAdapter()

test('more dispatches than a set of queries can hold are all run, in order, and timed', async () => {
  const { device } = adapter.gpu
  const pool = new BufferPool(device)
  const buffer = pool.create('counter', 4)
  const launch: Launch<GPUBufferBinding> = {
    kernel: { label: 'count', code: COUNT },
    constants: {},
    reads: [],
    writes: [{ buffer }],
    workgroups: [1, 1, 1],
  }
  const launches = Array.from({ length: 2100 }, () => launch)
  const list = await DispatchList.create(device, new PipelineCache(device), pool, launches)
  const times = await profile(device, list, 'timestamps')
  expect(new Uint32Array(await readBack(device, { buffer }))[0]).toBe(2100)
  expect(times).toHaveLength(2100)
  expect(times.every(({ label, milliseconds }) => label === 'count' && milliseconds > 0)).toBe(true)
  const starts = times.map(({ start }) => start)
  expect(starts).toEqual(starts.toSorted((a, b) => a - b))
  pool.destroy()
})

test('timestamps and f16 are asked for only where the adapter has them', async () => {
  const asked: unknown[] = []
  const open = (features: string[]) => {
    const requestDevice = async (descriptor: GPUDeviceDescriptor) => {
      asked.push(descriptor.requiredFeatures)
      return {}
    }
    const found = { limits: {}, info: {}, features: new Set(features), requestDevice }
    return openDevice({ requestAdapter: async () => found } as unknown as GPU)
  }
  await open([])
  await open(['timestamp-query', 'float32-filterable'])
  await open(['shader-f16', 'timestamp-query'])
  expect(asked).toEqual([[], ['timestamp-query'], ['timestamp-query', 'shader-f16']])
})
