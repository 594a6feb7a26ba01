import { expect, test } from 'vitest'
import { onAdapter } from '../../test/trainer-on-adapter'
import { watchBuffers } from '../../test/watched-buffers'
import { DoesNotFit } from '../autograd/program'
import { measureRates, openProbes, probesOf } from './rates'

const adapter = onAdapter()

test('what an adapter can do is measured, and nothing stays on the GPU', async () => {
  const buffers = watchBuffers(adapter.gpu.device)
  const { flops, bytes } = await measureRates(adapter.gpu, adapter.cache)
  buffers.end()
  expect(flops).toBeGreaterThan(1e8)
  expect(bytes).toBeGreaterThan(1e8)
  expect(buffers.live.size).toBe(0)
})

test('where a probe does not fit, those before it are freed', async () => {
  const { gpu, cache } = adapter
  const { popErrorScope } = gpu.device
  const { fma, copy } = probesOf(gpu, 'brief')
  const buffers = watchBuffers(gpu.device)
  gpu.device.popErrorScope = async () => {
    const full = buffers.bytes > 2 ** 23
    const error = await popErrorScope.call(gpu.device)
    return full ? new GPUOutOfMemoryError('no room') : error
  }
  try {
    await expect(openProbes(gpu, cache, [fma[0]!, copy[0]!])).rejects.toBeInstanceOf(DoesNotFit)
    expect(buffers.live.size).toBe(0)
  } finally {
    gpu.device.popErrorScope = popErrorScope
    buffers.end()
  }
})
