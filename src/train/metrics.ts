/** Sums over a batch, as the GPU records them. */
export interface BatchSums {
  loss: number
  correct: number
}

const SLOT_BYTES = 8

/** The GPU's ring of a step's figures, read in runs of steps through one staging buffer. */
export class MetricsRing {
  private readonly staging: GPUBuffer
  private waiting = 0

  constructor(
    private readonly device: GPUDevice,
    private readonly ring: GPUBufferBinding,
    private readonly slots: number,
  ) {
    this.staging = device.createBuffer({
      label: 'metrics staging',
      size: slots * SLOT_BYTES,
      usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
    })
  }

  get bytes(): number {
    return this.staging.size
  }

  /** Slots that the GPU was told to fill since the last read. */
  get unread(): number {
    return this.waiting
  }

  /** Counts slots that have been submitted. */
  expect(count: number): void {
    this.waiting += count
  }

  clear(): void {
    this.waiting = 0
  }

  /** What the unread slots hold, the first of which belongs to step `first`. */
  async read(first: number): Promise<BatchSums[]> {
    const count = this.waiting
    if (count === 0) return []
    const encoder = this.device.createCommandEncoder()
    const start = first % this.slots
    const beforeEnd = Math.min(count, this.slots - start)
    this.copy(encoder, start, 0, beforeEnd)
    if (count > beforeEnd) this.copy(encoder, 0, beforeEnd, count - beforeEnd)
    this.device.queue.submit([encoder.finish()])
    await this.staging.mapAsync(GPUMapMode.READ)
    const values = new Float32Array(this.staging.getMappedRange(), 0, count * 2)
    const sums = Array.from({ length: count }, (_, i) => ({
      loss: values[2 * i]!,
      correct: values[2 * i + 1]!,
    }))
    this.staging.unmap()
    this.waiting -= count
    return sums
  }

  destroy(): void {
    this.staging.destroy()
  }

  private copy(encoder: GPUCommandEncoder, from: number, to: number, slots: number): void {
    const { buffer, offset = 0 } = this.ring
    encoder.copyBufferToBuffer(
      buffer,
      offset + from * SLOT_BYTES,
      this.staging,
      to * SLOT_BYTES,
      slots * SLOT_BYTES,
    )
  }
}
