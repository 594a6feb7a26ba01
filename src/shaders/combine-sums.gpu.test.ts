import { expect, test } from 'vitest'
import { openNodeDevice } from '../cli/adapter'
import { checked } from '../gpu/device'
import { DispatchList } from '../gpu/dispatches'
import type { Launch } from '../gpu/launch'
import { BufferPool, readBack } from '../gpu/memory'
import { PipelineCache } from '../gpu/pipelines'
import { normals } from '../random/seeded'
import { mergeSumsLaunch } from './batch-norm/merge-sums'
import { combineSums } from './combine-sums'
import type { Variable } from './op'
import { sumParts } from './sum-parts'
import { byteLength, elements, tensorType } from './tensor'

/** What the launches make of seeded inputs. */
async function results(
  launches: readonly Launch<Variable>[],
  inputs: readonly Variable[],
  outputs: readonly Variable[],
) {
  const { device } = await openNodeDevice(process.env.GPU_ADAPTER)
  const pool = new BufferPool(device)
  const buffers = new Map(
    [...inputs, ...outputs].map((one) => [one, pool.create(one.label, byteLength(one.type))]),
  )
  for (const [i, { type }] of inputs.entries()) {
    const values = normals([7, i], elements(type.shape), 1) as Float32Array<ArrayBuffer>
    device.queue.writeBuffer(buffers.get(inputs[i]!)!, 0, values)
  }
  const range = (variable: Variable) => ({ buffer: buffers.get(variable)! })
  return checked(device, async () => {
    const bound = launches.map(({ uniforms: _, ...launch }) => ({
      ...{ ...launch, reads: launch.reads.map(range), writes: launch.writes.map(range) },
    }))
    const list = await DispatchList.create(device, new PipelineCache(device), pool, bound)
    const encoder = device.createCommandEncoder()
    list.encode(encoder)
    device.queue.submit([encoder.finish()])
    const made = await Promise.all(outputs.map((one) => readBack(device, range(one))))
    pool.destroy()
    return made.map((memory) => [...new Float32Array(memory)])
  })
}

test.each([
  { parts: 1, c4: 1, partials: 1, count: 1 },
  { parts: 131, c4: 3, partials: 5, count: 67 },
])('two sums in one launch give the bits of two launches: %o', async (size) => {
  const variable = (label: string, shape: number[]) => ({
    label,
    type: tensorType('i'.repeat(shape.length), shape),
  })
  const parts = variable('parts', [size.parts, size.c4 * 2, 4])
  const partials = variable('partials', [size.partials, size.count * 4])
  const [weightGradient, biasGradient] = ['weight', 'bias'].map((name) =>
    variable(name, [size.c4 * 4]),
  ) as [Variable, Variable]
  const sum = variable('sum', [size.count * 4])
  const launches = [sumParts(partials, sum), mergeSumsLaunch(parts, weightGradient, biasGradient)]
  const combined = combineSums(launches)
  expect(combined).toHaveLength(1)
  const outputs = [weightGradient, biasGradient, sum]
  const separately = await results(launches, [parts, partials], outputs)
  expect(separately.flat().some((value) => value !== 0)).toBe(true)
  expect(await results(combined, [parts, partials], outputs)).toEqual(separately)
})
