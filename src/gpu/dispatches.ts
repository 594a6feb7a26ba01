import type { Launch } from './launch'
import type { PipelineCache } from './pipelines'

interface Dispatch {
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
    launches: readonly Launch<GPUBufferBinding>[],
    onProgress: (done: number, total: number) => void,
  ): Promise<DispatchList> {
    const pipelines = await cache.compile(launches, onProgress)
    const dispatches = launches.map((launch, i) => ({
      pipeline: pipelines[i]!,
      bindings: device.createBindGroup({
        label: launch.kernel.label,
        layout: cache.layout(launch),
        entries: [
          ...launch.reads,
          ...launch.writes,
          ...(launch.uniform ? [launch.uniform] : []),
        ].map((resource, binding) => ({ binding, resource })),
      }),
      workgroups: launch.workgroups,
    }))
    return new DispatchList(dispatches)
  }

  get length(): number {
    return this.dispatches.length
  }

  /** Encodes all dispatches, in order, into one compute pass. */
  encode(encoder: GPUCommandEncoder): void {
    const pass = encoder.beginComputePass()
    for (const { pipeline, bindings, workgroups } of this.dispatches) {
      pass.setPipeline(pipeline)
      pass.setBindGroup(0, bindings)
      pass.dispatchWorkgroups(...workgroups)
    }
    pass.end()
  }
}
