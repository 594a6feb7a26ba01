import { BINDING_ALIGNMENT, type Launch } from './launch'
import type { BufferPool } from './memory'
import type { PipelineCache } from './pipelines'

interface Dispatch {
  label: string
  pipeline: GPUComputePipeline
  bindings: GPUBindGroup
  workgroups: readonly [number, number, number]
}

/** Launches with their pipelines and bind groups made: replaying them allocates nothing. */
export class DispatchList {
  private constructor(private readonly dispatches: readonly Dispatch[]) {}

  static async create(
    device: GPUDevice,
    cache: PipelineCache,
    pool: BufferPool,
    launches: readonly Launch<GPUBufferBinding>[],
    onProgress: (done: number, total: number) => void = () => {},
  ): Promise<DispatchList> {
    const pipelines = await cache.compile(launches, onProgress)
    const sizes = sizesBuffer(device, pool, launches)
    const dispatches = launches.map((launch, i) => ({
      label: launch.kernel.label,
      pipeline: pipelines[i]!,
      bindings: device.createBindGroup({
        label: launch.kernel.label,
        layout: cache.layout(launch),
        entries: [
          ...launch.reads,
          ...launch.writes,
          ...(launch.uniforms ?? []),
          ...(launch.sizes ? [sizes.get(String(fieldsOf(launch)))!] : []),
        ].map((resource, binding) => ({ binding, resource })),
      }),
      workgroups: launch.workgroups,
    }))
    return new DispatchList(dispatches)
  }

  get length(): number {
    return this.dispatches.length
  }

  /** The kernels' labels, a dispatch each. */
  get labels(): string[] {
    return this.dispatches.map(({ label }) => label)
  }

  /** Encodes all dispatches, in order, into one compute pass. */
  encode(encoder: GPUCommandEncoder, descriptor?: GPUComputePassDescriptor): void {
    encodePass(this.dispatches, encoder, descriptor)
  }

  /** Encodes the dispatches from `first` up to and without `end` into one compute pass. */
  encodeRange(first: number, end: number, encoder: GPUCommandEncoder): void {
    encodePass(this.dispatches, encoder, {}, first, end)
  }

  /** Encodes the dispatch at `index` into a compute pass of its own. */
  encodeOne(
    index: number,
    encoder: GPUCommandEncoder,
    descriptor?: GPUComputePassDescriptor,
  ): void {
    encodePass([this.dispatches[index]!], encoder, descriptor)
  }
}

function encodePass(
  dispatches: readonly Dispatch[],
  encoder: GPUCommandEncoder,
  descriptor?: GPUComputePassDescriptor,
  first = 0,
  end = dispatches.length,
): void {
  const pass = encoder.beginComputePass(descriptor)
  for (let i = first; i < end; i++) {
    const { pipeline, bindings, workgroups } = dispatches[i]!
    pass.setPipeline(pipeline)
    pass.setBindGroup(0, bindings)
    pass.dispatchWorkgroups(...workgroups)
  }
  pass.end()
}

/** The launches' sizes in one buffer, each distinct list of them once. */
function sizesBuffer(
  device: GPUDevice,
  pool: BufferPool,
  launches: readonly Launch<unknown>[],
): Map<string, GPUBufferBinding> {
  const withSizes = launches.filter(({ sizes }) => sizes).map(fieldsOf)
  const lists = new Map(withSizes.map((fields) => [String(fields), fields]))
  const size = BINDING_ALIGNMENT
  const data = new Int32Array((lists.size * size) / 4)
  const buffer = pool.create('sizes', data.byteLength)
  const ranges = Array.from(lists, ([key, fields], i) => {
    data.set(fields, (i * size) / 4)
    return [key, { buffer, offset: i * size, size }] as const
  })
  device.queue.writeBuffer(buffer, 0, data)
  return new Map(ranges)
}

/** A launch's sizes in the order of the kernel's struct; throws where the two do not agree. */
function fieldsOf({ kernel, sizes = {} }: Launch<unknown>): number[] {
  const struct = /struct Sizes \{([^}]*)\}/.exec(kernel.code)?.[1] ?? ''
  const names = Array.from(struct.matchAll(/^\s*(\w+): [iu]32/gm), (match) => match[1]!)
  const given = Object.keys(sizes)
  if (String(names.toSorted()) !== String(given.toSorted())) {
    throw new Error(`${kernel.label}: its sizes are ${names}, the launch gives ${given}`)
  }
  return names.map((name) => sizes[name]!)
}
