import { zipSync } from 'fflate'

const [END_BYTES, LONG_END_BYTES, LOCATOR_BYTES] = [22, 56, 20]
const MOST_ENTRIES = 1000

/** A record of a zip: its mark, and numbers of four bytes at their places. */
function record(size: number, mark: number, numbers: Record<number, number>): Uint8Array {
  const view = new DataView(new ArrayBuffer(size))
  view.setUint32(0, mark, true)
  for (const [at, value] of Object.entries(numbers)) view.setUint32(Number(at), value, true)
  return new Uint8Array(view.buffer)
}

/**
 * A zip that holds a file of 1 MiB once, and whose directory claims `count` files and names this one
 * up to a thousand times.
 */
export function overlappingZip(name: string, count: number): Uint8Array<ArrayBuffer> {
  const zip = zipSync({ [name]: new Uint8Array(2 ** 20) }, { level: 0 })
  const end = zip.length - END_BYTES
  const start = new DataView(zip.buffer).getUint32(end + 16, true)
  const entries = Array(Math.min(count, MOST_ENTRIES)).fill(zip.subarray(start, end))
  const after = start + entries.length * (end - start)
  return Uint8Array.from(
    Buffer.concat([
      zip.subarray(0, start),
      ...entries,
      // The form for more than 65,535 files: it counts in eight bytes.
      record(LONG_END_BYTES, 0x06064b50, { 32: count, 48: start }),
      record(LOCATOR_BYTES, 0x07064b50, { 8: after }),
      record(END_BYTES, 0x06054b50, { 8: 0xffff, 16: start }),
    ]),
  )
}
