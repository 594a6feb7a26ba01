import type { Gpu } from './device'
import type { DispatchList } from './dispatches'
import { readBack } from './memory'

/**
 * How dispatches are timed: by the GPU's own timestamps around each, or by the clock on the wall
 * around a submit for each, which adds the time of a round trip to every one.
 */
export type Timing = 'timestamps' | 'wall-clock'

export interface DispatchTime {
  label: string
  /** When it began, in milliseconds after the first one. */
  start: number
  milliseconds: number
}

/** Timestamps on a GPU that has them, the wall clock on a software adapter and elsewhere. */
export function timingOf({ device, info }: Gpu): Timing {
  return device.features.has('timestamp-query') && !info.software ? 'timestamps' : 'wall-clock'
}

/** Runs all dispatches in order, as `encode` would, and times each. */
export function profile(
  device: GPUDevice,
  list: DispatchList,
  timing: Timing,
): Promise<DispatchTime[]> {
  return timing === 'timestamps' ? byTimestamps(device, list) : byWallClock(device, list)
}

async function byWallClock(device: GPUDevice, list: DispatchList): Promise<DispatchTime[]> {
  const { queue } = device
  await queue.onSubmittedWorkDone()
  const times: DispatchTime[] = []
  const first = performance.now()
  for (const [i, label] of list.labels.entries()) {
    const encoder = device.createCommandEncoder({ label })
    list.encodeOne(i, encoder)
    const commands = encoder.finish()
    const start = performance.now()
    queue.submit([commands])
    await queue.onSubmittedWorkDone()
    times.push({ label, start: start - first, milliseconds: performance.now() - start })
  }
  return times
}

/** WebGPU's limit on the queries of a set: begin and end of half as many dispatches. */
const MAX_QUERIES = 4096
const TIMESTAMP_BYTES = 8

async function byTimestamps(device: GPUDevice, list: DispatchList): Promise<DispatchTime[]> {
  const stamps = new BigUint64Array(2 * list.length)
  for (let from = 0; from < stamps.length; from += MAX_QUERIES) {
    const count = Math.min(MAX_QUERIES, stamps.length - from)
    stamps.set(await stampsOf(device, list, from / 2, count), from)
  }
  const milliseconds = (from: bigint, to: bigint) => Math.max(0, Number(to - from) / 1e6)
  return list.labels.map((label, i) => {
    const [begin, end] = [stamps[2 * i]!, stamps[2 * i + 1]!]
    return {
      ...{ label, start: milliseconds(stamps[0]!, begin) },
      milliseconds: milliseconds(begin, end),
    }
  })
}

/** Runs `count / 2` dispatches from `first` on, each in a pass of its own between two queries. */
async function stampsOf(
  device: GPUDevice,
  list: DispatchList,
  first: number,
  count: number,
): Promise<BigUint64Array> {
  const { QUERY_RESOLVE, COPY_SRC } = GPUBufferUsage
  const querySet = device.createQuerySet({ type: 'timestamp', count })
  const size = TIMESTAMP_BYTES * count
  const buffer = device.createBuffer({ label: 'timestamps', size, usage: QUERY_RESOLVE | COPY_SRC })
  try {
    const encoder = device.createCommandEncoder({ label: 'profile' })
    for (let query = 0; query < count; query += 2) {
      const [beginningOfPassWriteIndex, endOfPassWriteIndex] = [query, query + 1]
      const timestampWrites = { querySet, beginningOfPassWriteIndex, endOfPassWriteIndex }
      list.encodeOne(first + query / 2, encoder, { timestampWrites })
    }
    encoder.resolveQuerySet(querySet, 0, count, buffer, 0)
    device.queue.submit([encoder.finish()])
    return new BigUint64Array(await readBack(device, { buffer }))
  } finally {
    querySet.destroy()
    buffer.destroy()
  }
}
