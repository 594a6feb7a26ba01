import type { Launch } from '../src/gpu/launch'
import { PipelineCache } from '../src/gpu/pipelines'

/** Compiles kernels as they are, but for those of one label, which get other code. */
export class BrokenCache extends PipelineCache {
  constructor(
    device: GPUDevice,
    private readonly label: string,
    private readonly breakCode: (code: string) => string,
  ) {
    super(device)
  }

  override get(launch: Launch<unknown>): Promise<GPUComputePipeline> {
    const { label, code } = launch.kernel
    if (label !== this.label) return super.get(launch)
    return super.get({ ...launch, kernel: { label, code: this.breakCode(code) } })
  }
}
