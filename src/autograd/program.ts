import { checked, type Gpu } from '../gpu/device'
import { DispatchList } from '../gpu/dispatches'
import { type Launch, UNIFORM_BYTES } from '../gpu/launch'
import { BufferPool, readBack } from '../gpu/memory'
import type { PipelineCache } from '../gpu/pipelines'
import { type DispatchTime, profile, type Timing } from '../gpu/profile'
import type { Variable } from '../shaders/op'
import { withStorage } from '../shaders/storage'
import type { MemoryPlan } from './memory'

/** A program that this adapter cannot hold, with the setting to lower. */
export class DoesNotFit extends Error {
  constructor(
    message: string,
    readonly remedy: string,
  ) {
    super(message)
    this.name = 'DoesNotFit'
  }
}

const REMEDY = 'Lower the batch size.'
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`

/** Checks the plan against what the adapter can bind; nothing is allocated. */
export function checkLimits(plan: MemoryPlan, limits: GPUSupportedLimits): void {
  const limit = Math.min(limits.maxBufferSize, limits.maxStorageBufferBindingSize)
  const over = plan.buffers.find(({ bytes }) => bytes > limit)
  if (!over) return
  const [needed, allowed] = [megabytes(over.bytes), megabytes(limit)]
  throw new DoesNotFit(
    `"${over.label}" needs ${needed} in one buffer; this adapter allows ${allowed}.`,
    REMEDY,
  )
}

/** Makes the plan's buffers; throws `DoesNotFit` where the adapter has not memory enough. */
async function allocate(
  device: GPUDevice,
  pool: BufferPool,
  plan: MemoryPlan,
): Promise<GPUBuffer[]> {
  checkLimits(plan, device.limits)
  device.pushErrorScope('out-of-memory')
  const buffers = plan.buffers.map(({ label, bytes }) => pool.create(label, bytes))
  if (!(await device.popErrorScope())) return buffers
  throw new DoesNotFit(
    `The adapter has not the memory that this needs: ${megabytes(plan.bytes)}.`,
    REMEDY,
  )
}

/** True where the adapter can hold the plan now; finds out by allocating and freeing it. */
export async function canHold(device: GPUDevice, plan: MemoryPlan): Promise<boolean> {
  const pool = new BufferPool(device)
  try {
    await allocate(device, pool, plan)
    return true
  } catch (error) {
    if (error instanceof DoesNotFit) return false
    throw error
  } finally {
    pool.destroy()
  }
}

/** Launches laid out in memory, compiled and bound: nothing is made while it runs. */
export class Program<Part extends string> {
  private constructor(
    private readonly device: GPUDevice,
    private readonly pool: BufferPool,
    private readonly plan: MemoryPlan,
    private readonly buffers: readonly GPUBuffer[],
    private readonly parts: Readonly<Record<Part, DispatchList>>,
  ) {}

  /**
   * Allocates the plan's buffers and compiles the parts' launches in parallel. Throws `DoesNotFit`,
   * before anything is compiled, where a buffer is over the adapter's limits or memory runs out.
   */
  static async create<Part extends string>(
    { device }: Gpu,
    cache: PipelineCache,
    plan: MemoryPlan,
    parts: Readonly<Record<Part, readonly Launch<Variable>[]>>,
    onProgress: (done: number, total: number) => void,
  ): Promise<Program<Part>> {
    const pool = new BufferPool(device)
    try {
      const buffers = await allocate(device, pool, plan)
      return await checked(device, async () => {
        const range = (variable: Variable) => bindingOf(plan, buffers, variable)
        const bound = (Object.entries(parts) as [Part, Launch<Variable>[]][]).map(
          ([name, launches]) =>
            [name, launches.map((launch) => bind(withStorage(launch), range))] as const,
        )
        await cache.compile(
          bound.flatMap(([, launches]) => launches),
          onProgress,
        )
        const lists = await Promise.all(
          bound.map(async ([name, launches]) => [
            name,
            await DispatchList.create(device, cache, pool, launches),
          ]),
        )
        return new Program<Part>(device, pool, plan, buffers, Object.fromEntries(lists))
      })
    } catch (error) {
      pool.destroy()
      throw error
    }
  }

  /** Bytes of the buffers that exist now. */
  get bytes(): number {
    return this.pool.bytes
  }

  /** Encodes one part into a compute pass. */
  encode(part: Part, encoder: GPUCommandEncoder, descriptor?: GPUComputePassDescriptor): void {
    this.parts[part].encode(encoder, descriptor)
  }

  /** Submits one part: in a submit for each run of launches that ends at one of `ends`. */
  submit(part: Part, ends: readonly number[] = [this.parts[part].length]): void {
    let first = 0
    for (const end of ends) {
      const encoder = this.device.createCommandEncoder({ label: part })
      this.parts[part].encodeRange(first, end, encoder)
      this.device.queue.submit([encoder.finish()])
      first = end
    }
  }

  /** Runs one part and times each of its dispatches. */
  profile(part: Part, timing: Timing): Promise<DispatchTime[]> {
    return profile(this.device, this.parts[part], timing)
  }

  binding(variable: Variable): GPUBufferBinding {
    return bindingOf(this.plan, this.buffers, variable)
  }

  /** Writes to a variable's memory; in order with what was submitted before. */
  write(variable: Variable, data: GPUAllowSharedBufferSource): void {
    const { buffer, offset } = this.binding(variable)
    this.device.queue.writeBuffer(buffer, offset ?? 0, data)
  }

  /** A variable's memory; waits for the GPU. */
  read(variable: Variable): Promise<ArrayBuffer> {
    return readBack(this.device, this.binding(variable))
  }

  destroy(): void {
    this.pool.destroy()
  }
}

function bindingOf(plan: MemoryPlan, buffers: readonly GPUBuffer[], variable: Variable) {
  const range = plan.ranges.get(variable)
  if (!range) throw new Error(`"${variable.label}" has no place in this program`)
  return { buffer: buffers[range.buffer]!, offset: range.offset, size: range.bytes }
}

/** From a variable on as much as a uniform may hold: kernels declare arrays of one length. */
function uniformWindow({ buffer, offset = 0 }: GPUBufferBinding): GPUBufferBinding {
  return { buffer, offset, size: Math.min(UNIFORM_BYTES, buffer.size - offset) }
}

function bind(
  { uniforms = [], ...launch }: Launch<Variable>,
  range: (variable: Variable) => GPUBufferBinding,
): Launch<GPUBufferBinding> {
  return {
    ...launch,
    reads: launch.reads.map(range),
    writes: launch.writes.map(range),
    uniforms: uniforms.map((variable) => uniformWindow(range(variable))),
  }
}
