/** What the GPU records of a batch: sums, and in f16 the step's loss scale (else 0). */
export interface BatchRecord {
  loss: number
  correct: number
  lossScale: number
  /** Whether the gradients overflowed, so that the weights stayed as they were. */
  skipped: boolean
}

/** Numbers a slot of the ring. */
export const SLOT_SIZE = 4
const SLOT_BYTES = 4 * SLOT_SIZE

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
  async read(first: number): Promise<BatchRecord[]> {
    const count = this.waiting
    if (count === 0) return []
    const encoder = this.device.createCommandEncoder()
    const start = first % this.slots
    const beforeEnd = Math.min(count, this.slots - start)
    this.copy(encoder, start, 0, beforeEnd)
    if (count > beforeEnd) this.copy(encoder, 0, beforeEnd, count - beforeEnd)
    this.device.queue.submit([encoder.finish()])
    await this.staging.mapAsync(GPUMapMode.READ)
    const values = new Float32Array(this.staging.getMappedRange(), 0, count * SLOT_SIZE)
    const records = Array.from({ length: count }, (_, i) => {
      const at = SLOT_SIZE * i
      const [loss, correct] = [values[at]!, values[at + 1]!]
      return { loss, correct, lossScale: values[at + 2]!, skipped: values[at + 3] !== 0 }
    })
    this.staging.unmap()
    this.waiting -= count
    return records
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
