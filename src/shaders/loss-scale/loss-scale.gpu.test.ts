import { afterEach, beforeEach, expect, test } from 'vitest'
import { onAdapter } from '../../../test/trainer-on-adapter'
import { DispatchList } from '../../gpu/dispatches'
import type { Launch } from '../../gpu/launch'
import { BufferPool, readBack } from '../../gpu/memory'
import { PipelineCache } from '../../gpu/pipelines'
import type { Variable } from '../op'
import { packSettings, settingsType } from '../settings'
import { tensorType } from '../tensor'
import {
  adjustLaunch,
  lossGradients,
  packLossScale,
  scaleVariables,
  unpackLossScale,
  unscaleLaunch,
} from './loss-scale'

const COUNT = 1000
const BATCH = 6
const SLOT = 3

const adapter = onAdapter()
const scale = scaleVariables()
const gradient: Variable = { label: 'gradients', type: tensorType('i', [COUNT]) }
const feeds = {
  lossGradient: { label: 'gradient of the losses', type: tensorType('n', [BATCH]) },
  ring: { label: 'metrics', type: tensorType('si', [8, 4]) },
  settings: { label: 'settings', type: settingsType },
}

let pool: BufferPool
let buffers: Map<Variable, GPUBuffer>

beforeEach(() => {
  pool = new BufferPool(adapter.gpu.device)
  const all = [gradient, ...Object.values(scale), ...Object.values(feeds)]
  buffers = new Map(all.map((variable) => [variable, pool.create(variable.label, 4 * COUNT)]))
})
afterEach(() => pool.destroy())

function write(variable: Variable, data: ArrayBufferView<ArrayBuffer> | ArrayBuffer): void {
  adapter.gpu.device.queue.writeBuffer(buffers.get(variable)!, 0, data)
}

function read(variable: Variable): Promise<ArrayBuffer> {
  return readBack(adapter.gpu.device, { buffer: buffers.get(variable)!, size: 4 * COUNT })
}

async function run(launch: Launch<Variable>): Promise<void> {
  const { device } = adapter.gpu
  const range = (variable: Variable) => ({ buffer: buffers.get(variable)! })
  const bound = {
    ...launch,
    reads: launch.reads.map(range),
    writes: launch.writes.map(range),
    uniforms: (launch.uniforms ?? []).map(range),
  } as Launch<GPUBufferBinding>
  const list = await DispatchList.create(device, new PipelineCache(device), pool, [bound])
  const encoder = device.createCommandEncoder()
  list.encode(encoder)
  device.queue.submit([encoder.finish()])
}

test('the scale is taken out of the gradients to the bit, and none of them has overflowed', async () => {
  const values = Float32Array.from({ length: COUNT }, (_, i) => Math.fround((i - 500) * 1.1e5))
  write(scale.state, packLossScale({ exponent: 17, good: 0 }))
  write(gradient, values)
  await run(unscaleLaunch(scale, gradient))
  expect(new Float32Array(await read(gradient))).toEqual(values.map((value) => value / 2 ** 17))
  expect(new Uint32Array(await read(scale.overflow))[0]).toBe(0)
})

test.each([
  ['infinity', 0x7f80_0000],
  ['minus infinity', 0xff80_0000],
  ['a quiet NaN', 0x7fc0_0000],
  ['a NaN of one bit, signalling', 0xff80_0001],
])('%s among the gradients is found', async (_, bits) => {
  for (const at of [0, 501, COUNT - 1]) {
    const words = new Uint32Array(COUNT).fill(0x7f7f_ffff)
    words[at] = bits
    write(scale.state, packLossScale({ exponent: 3, good: 0 }))
    write(scale.overflow, new Uint32Array(1))
    write(gradient, words)
    await run(unscaleLaunch(scale, gradient))
    expect(new Uint32Array(await read(scale.overflow))[0], `at ${at}`).toBe(1)
  }
})

test.each([
  ['counts a step without overflow', { exponent: 5, good: 1 }, 0, { exponent: 5, good: 2 }],
  ['doubles after as many as asked for', { exponent: 5, good: 2 }, 0, { exponent: 6, good: 0 }],
  ['halves after an overflow', { exponent: 5, good: 2 }, 1, { exponent: 4, good: 0 }],
  ['has a least value', { exponent: 0, good: 2 }, 1, { exponent: 0, good: 0 }],
  ['has a greatest value', { exponent: 24, good: 2 }, 0, { exponent: 24, good: 0 }],
])('the scale %s', async (_, before, overflow, after) => {
  write(scale.state, packLossScale(before))
  write(scale.overflow, Uint32Array.of(overflow))
  const settings = { learningRate: 0, momentum: 0, weightDecay: 0, nesterov: false }
  write(feeds.settings, packSettings({ ...settings, slot: SLOT, step: 0, seed: 0 }))
  write(feeds.ring, new Float32Array(32).fill(7))
  await run(adjustLaunch(scale, feeds, 3))
  expect(unpackLossScale(await read(scale.state))).toEqual(after)
  expect(new Uint32Array(await read(scale.overflow))[0]).toBe(0)
  const gradients = new Float32Array(await read(feeds.lossGradient)).slice(0, BATCH)
  expect(gradients).toEqual(lossGradients(BATCH, after.exponent))
  const ring = new Float32Array(await read(feeds.ring))
  expect([...ring.slice(4 * SLOT, 4 * SLOT + 4)]).toEqual([7, 7, 2 ** before.exponent, overflow])
  expect(ring[4 * SLOT + 4]).toBe(7)
})
