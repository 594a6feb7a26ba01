import { readBack } from './memory'
import type { Timing } from './profile'

/** Encodes work as one compute pass. */
export type EncodePass = (encoder: GPUCommandEncoder, descriptor?: GPUComputePassDescriptor) => void

/** Milliseconds of one pass, out of so many in a row in one submit; the device must be idle. */
export async function timePasses(
  device: GPUDevice,
  timing: Timing,
  passes: number,
  encode: EncodePass,
): Promise<number> {
  const total = timing === 'timestamps' ? byTimestamps : byWallClock
  return (await total(device, passes, encode)) / passes
}

async function byWallClock(device: GPUDevice, passes: number, encode: EncodePass): Promise<number> {
  const encoder = device.createCommandEncoder({ label: 'timed' })
  for (let i = 0; i < passes; i++) encode(encoder)
  const commands = encoder.finish()
  const start = performance.now()
  device.queue.submit([commands])
  await device.queue.onSubmittedWorkDone()
  return performance.now() - start
}

/** From the beginning of the first pass to the end of the last one. */
async function byTimestamps(
  device: GPUDevice,
  passes: number,
  encode: EncodePass,
): Promise<number> {
  const { QUERY_RESOLVE, COPY_SRC } = GPUBufferUsage
  const querySet = device.createQuerySet({ type: 'timestamp', count: 2 })
  const usage = QUERY_RESOLVE | COPY_SRC
  const buffer = device.createBuffer({ label: 'timestamps', size: 16, usage })
  try {
    const encoder = device.createCommandEncoder({ label: 'timed' })
    for (let i = 0; i < passes; i++) {
      const writes = {
        ...(i === 0 ? { beginningOfPassWriteIndex: 0 } : {}),
        ...(i === passes - 1 ? { endOfPassWriteIndex: 1 } : {}),
      }
      const stamped = Object.keys(writes).length > 0
      encode(encoder, stamped ? { timestampWrites: { querySet, ...writes } } : undefined)
    }
    encoder.resolveQuerySet(querySet, 0, 2, buffer, 0)
    device.queue.submit([encoder.finish()])
    const [begin, end] = new BigUint64Array(await readBack(device, { buffer }))
    return Math.max(0, Number(end! - begin!) / 1e6)
  } finally {
    querySet.destroy()
    buffer.destroy()
  }
}
