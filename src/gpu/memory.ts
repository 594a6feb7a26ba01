/** Buffers of one owner: counted, and freed together. */
export class BufferPool {
  private readonly buffers: GPUBuffer[] = []
  private allocated = 0

  constructor(private readonly device: GPUDevice) {}

  /** Bytes of all buffers that live. */
  get bytes(): number {
    return this.allocated
  }

  /** A zero-filled buffer of at least `bytes` bytes, for kernels unless `usage` says otherwise. */
  create(label: string, bytes: number, usage = forKernels()): GPUBuffer {
    const size = Math.max(16, Math.ceil(bytes / 16) * 16)
    const buffer = this.device.createBuffer({ label, size, usage })
    this.buffers.push(buffer)
    this.allocated += size
    return buffer
  }

  destroy(): void {
    for (const buffer of this.buffers) buffer.destroy()
    this.buffers.length = 0
    this.allocated = 0
  }
}

/** What a kernel may do with a buffer, and copies to and from it. */
function forKernels(): GPUBufferUsageFlags {
  const { STORAGE, UNIFORM, COPY_SRC, COPY_DST } = GPUBufferUsage
  return STORAGE | UNIFORM | COPY_SRC | COPY_DST
}

/** Copies a range of a buffer to the CPU; waits for the GPU, so not for use inside a step. */
export async function readBack(
  device: GPUDevice,
  { buffer, offset = 0, size = buffer.size - offset }: GPUBufferBinding,
): Promise<ArrayBuffer> {
  const staging = device.createBuffer({
    label: `read-back of ${buffer.label}`,
    size,
    usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
  })
  try {
    const encoder = device.createCommandEncoder()
    encoder.copyBufferToBuffer(buffer, offset, staging, 0, size)
    device.queue.submit([encoder.finish()])
    await staging.mapAsync(GPUMapMode.READ)
    return staging.getMappedRange().slice(0)
  } finally {
    staging.destroy()
  }
}
