import type { Kernel, Launch } from './launch'

type Shape = Pick<
  Launch<unknown>,
  'kernel' | 'constants' | 'reads' | 'writes' | 'uniforms' | 'sizes'
>

/** Code, and what is wrong with it, which the device tells apart. */
interface Module {
  module: GPUShaderModule
  fault: Promise<GPUError | null>
}

/** Compute pipelines by kernel and constants, each compiled once a device. */
export class PipelineCache {
  private readonly modules = new Map<string, Module>()
  private readonly layouts = new Map<string, GPUBindGroupLayout>()
  private readonly pipelines = new Map<string, Promise<GPUComputePipeline>>()

  constructor(private readonly device: GPUDevice) {}

  /** The layout of group 0 for so many read, written and uniform bindings. */
  layout({ reads, writes, uniforms = [], sizes }: Shape): GPUBindGroupLayout {
    const key = `${reads.length}/${writes.length}/${uniforms.length + (sizes ? 1 : 0)}`
    const found = this.layouts.get(key)
    if (found) return found
    const types: GPUBufferBindingType[] = [
      ...reads.map(() => 'read-only-storage' as const),
      ...writes.map(() => 'storage' as const),
      ...uniforms.map(() => 'uniform' as const),
      ...(sizes ? (['uniform'] as const) : []),
    ]
    const made = this.device.createBindGroupLayout({
      label: key,
      entries: types.map((type, binding) => ({
        binding,
        visibility: GPUShaderStage.COMPUTE,
        buffer: { type },
      })),
    })
    this.layouts.set(key, made)
    return made
  }

  /** The pipeline of a launch; launches that differ only in their data share it. */
  get(launch: Shape): Promise<GPUComputePipeline> {
    const key = pipelineKey(launch)
    const found = this.pipelines.get(key)
    if (found) return found
    const made = this.compileOne(launch)
    this.pipelines.set(key, made)
    return made
  }

  /** Compiles what the launches need, in parallel; `onProgress` counts distinct pipelines. */
  async compile(
    launches: readonly Shape[],
    onProgress: (done: number, total: number) => void,
  ): Promise<GPUComputePipeline[]> {
    const distinct = new Map(launches.map((launch) => [pipelineKey(launch), launch]))
    let done = 0
    onProgress(done, distinct.size)
    await Promise.all(
      Array.from(distinct.values(), async (launch) => {
        await this.get(launch)
        onProgress(++done, distinct.size)
      }),
    )
    return Promise.all(launches.map((launch) => this.get(launch)))
  }

  private async compileOne(launch: Shape): Promise<GPUComputePipeline> {
    const { module, fault } = this.module(launch.kernel)
    try {
      return await this.device.createComputePipelineAsync({
        label: launch.kernel.label,
        layout: this.device.createPipelineLayout({ bindGroupLayouts: [this.layout(launch)] }),
        compute: { module, constants: launch.constants },
      })
    } catch (error) {
      const wrong = await fault.catch(() => null)
      throw wrong ? new Error(wrong.message) : error
    }
  }

  private module({ label, code }: Kernel): Module {
    const found = this.modules.get(code)
    if (found) return found
    this.device.pushErrorScope('validation')
    const module = this.device.createShaderModule({ label, code })
    const fault = this.device.popErrorScope()
    fault.catch(() => {}) // The device was lost: whoever waits for the pipeline is told.
    this.modules.set(code, { module, fault })
    return { module, fault }
  }
}

function pipelineKey({ kernel, constants }: Shape): string {
  return `${JSON.stringify(constants)} ${kernel.code}`
}
