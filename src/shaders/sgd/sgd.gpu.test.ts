import { expect, test } from 'vitest'
import { openNodeDevice } from '../../cli/adapter'
import { DispatchList } from '../../gpu/dispatches'
import { BufferPool, readBack } from '../../gpu/memory'
import { PipelineCache } from '../../gpu/pipelines'
import { normals } from '../../random/seeded'
import { packSettings, settingsType } from '../settings'
import { tensorType } from '../tensor'
import { sgdLaunch, sgdReference } from './sgd'

const COUNT = 1024

test.each([false, true])(
  "three steps of SGD are the reference's, Nesterov %s",
  async (nesterov) => {
    const { device } = await openNodeDevice(process.env.GPU_ADAPTER)
    const pool = new BufferPool(device)
    const settings = { learningRate: 0.1, momentum: 0.9, weightDecay: 0.01, nesterov }
    const values = {
      gradient: normals([1, 1], COUNT, 1),
      velocity: new Float32Array(COUNT),
      weight: normals([1, 2], COUNT, 1),
    }
    const { STORAGE, UNIFORM, COPY_DST, COPY_SRC } = GPUBufferUsage
    const buffers = new Map<unknown, GPUBuffer>()
    const place = (
      label: string,
      data: ArrayBufferView<ArrayBuffer> | ArrayBuffer,
      usage: number,
    ) => {
      const variable = { label, type: tensorType('i', [COUNT]) }
      const buffer = pool.create(label, data.byteLength, usage | COPY_DST | COPY_SRC)
      device.queue.writeBuffer(buffer, 0, data)
      buffers.set(variable, buffer)
      return variable
    }
    const bytes = packSettings({ ...settings, slot: 0, step: 0, seed: 0 })
    const variables = {
      gradient: place('gradient', values.gradient as Float32Array<ArrayBuffer>, STORAGE),
      velocity: place('velocity', values.velocity, STORAGE),
      weight: place('weight', values.weight as Float32Array<ArrayBuffer>, STORAGE),
      settings: { ...place('settings', bytes, UNIFORM), type: settingsType },
    }
    buffers.set(variables.settings, [...buffers.values()].at(-1)!)
    const launch = sgdLaunch(variables)
    const range = (variable: unknown) => ({ buffer: buffers.get(variable)! })
    const bound = {
      ...launch,
      reads: launch.reads.map(range),
      writes: launch.writes.map(range),
      uniforms: launch.uniforms!.map(range),
    }
    const list = await DispatchList.create(device, new PipelineCache(device), pool, [bound])
    let expected = {
      velocity: new Float64Array(COUNT),
      weight: Float64Array.from(values.weight),
    }
    const gradient = Float64Array.from(values.gradient)
    for (let step = 0; step < 3; step++) {
      const encoder = device.createCommandEncoder()
      list.encode(encoder)
      device.queue.submit([encoder.finish()])
      expected = sgdReference({ gradient, ...expected }, settings) as typeof expected
    }
    for (const name of ['velocity', 'weight'] as const) {
      const found = new Float32Array(await readBack(device, range(variables[name])))
      const worst = Math.max(...expected[name].map((value, i) => Math.abs(value - found[i]!)))
      expect(worst, name).toBeLessThan(1e-5)
    }
    pool.destroy()
  },
)
