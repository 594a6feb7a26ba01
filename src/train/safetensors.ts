import type { NamedTensors } from './trainer'

/** A file that is not the safetensors file it should be; says where and why. */
export class InvalidSafetensors extends Error {
  override name = 'InvalidSafetensors'
}

/** The format's own limit for the header (Hugging Face's reader has the same). */
const MAX_HEADER_BYTES = 100_000_000
const LENGTH_BYTES = 8

interface Entry {
  dtype: string
  shape: number[]
  data_offsets: [number, number]
}

/** Texts that a file carries beside its tensors, under the format's own key. */
export type Metadata = Readonly<Record<string, string>>

const METADATA = '__metadata__'

/** Tensors as a safetensors file: F32, in the order given, aligned to 8 bytes. */
export function writeSafetensors(
  tensors: NamedTensors,
  metadata?: Metadata,
): Uint8Array<ArrayBuffer> {
  const header: Record<string, Entry | Metadata> = metadata ? { [METADATA]: metadata } : {}
  let end = 0
  for (const [name, { shape, data }] of tensors) {
    header[name] = { dtype: 'F32', shape: [...shape], data_offsets: [end, end + data.byteLength] }
    end += data.byteLength
  }
  const text = new TextEncoder().encode(JSON.stringify(header))
  const json = new Uint8Array(Math.ceil(text.length / 8) * 8).fill(0x20)
  json.set(text)
  const file = new Uint8Array(LENGTH_BYTES + json.length + end)
  new DataView(file.buffer).setBigUint64(0, BigInt(json.length), true)
  file.set(json, LENGTH_BYTES)
  let offset = LENGTH_BYTES + json.length
  for (const { data } of tensors.values()) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset)
    offset += data.byteLength
  }
  return file
}

interface Header {
  entries: Map<string, Entry>
  metadata: Metadata
  /** Where the tensors' bytes begin. */
  start: number
}

function parseHeader(file: Uint8Array): Header {
  const fail = (reason: string) => new InvalidSafetensors(`not a safetensors file: ${reason}`)
  if (file.length < LENGTH_BYTES) throw fail(`it has only ${file.length} bytes`)
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const length = Number(view.getBigUint64(0, true))
  if (length > MAX_HEADER_BYTES || length > file.length - LENGTH_BYTES) {
    throw fail(`its header claims ${length} bytes of a file of ${file.length}`)
  }
  const start = LENGTH_BYTES + length
  const text = new TextDecoder().decode(file.subarray(LENGTH_BYTES, start))
  let header: unknown
  try {
    header = JSON.parse(text)
  } catch {
    throw fail('its header is not JSON')
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header)) {
    throw fail('its header is not an object')
  }
  const entries = Object.entries(header).filter(([name]) => name !== METADATA)
  return {
    entries: new Map(entries.map(([name, entry]) => [name, checkEntry(name, entry)])),
    metadata: checkMetadata((header as Record<string, unknown>)[METADATA] ?? {}),
    start,
  }
}

function checkMetadata(value: unknown): Metadata {
  const sound =
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((text) => typeof text === 'string')
  if (!sound) throw new InvalidSafetensors(`"${METADATA}": expected an object of texts`)
  return value as Metadata
}

function checkEntry(name: string, value: unknown): Entry {
  const natural = (x: unknown): x is number => Number.isSafeInteger(x) && (x as number) >= 0
  const entry = value as Partial<Entry> | null
  const { dtype, shape, data_offsets: offsets } = entry ?? {}
  const sound =
    typeof dtype === 'string' &&
    Array.isArray(shape) &&
    shape.every(natural) &&
    Array.isArray(offsets) &&
    offsets.length === 2 &&
    offsets.every(natural)
  if (!sound) throw new InvalidSafetensors(`"${name}": its header entry is malformed`)
  if (dtype !== 'F32') throw new InvalidSafetensors(`"${name}": expected dtype F32, got ${dtype}`)
  const bytes = shape.reduce((a, b) => a * b, 4)
  const [from, to] = offsets
  if (to - from !== bytes) {
    throw new InvalidSafetensors(
      `"${name}": shape [${shape}] needs ${bytes} bytes, its offsets give ${to - from}`,
    )
  }
  return { dtype, shape, data_offsets: [from, to] }
}

/**
 * Reads all F32 tensors of a safetensors file. The header is checked in full before a tensor is
 * copied: sizes, ranges inside the file, no overlap.
 */
export function readSafetensors(file: Uint8Array): NamedTensors {
  return readWithMetadata(file).tensors
}

/** The same, with the texts that the file carries. */
export function readWithMetadata(file: Uint8Array): { tensors: NamedTensors; metadata: Metadata } {
  const { entries, metadata, start } = parseHeader(file)
  const size = file.length - start
  let covered = 0
  const inOrder = [...entries].sort(([, a], [, b]) => a.data_offsets[0] - b.data_offsets[0])
  for (const [name, { data_offsets }] of inOrder) {
    const [from, to] = data_offsets
    if (from < covered) throw new InvalidSafetensors(`"${name}": overlaps the tensor before it`)
    if (to > size) throw new InvalidSafetensors(`"${name}": reaches past the end of the file`)
    covered = to
  }
  const tensors: NamedTensors = new Map()
  for (const [name, { shape, data_offsets }] of entries) {
    const [from, to] = data_offsets
    const data = new Float32Array((to - from) / 4)
    new Uint8Array(data.buffer).set(file.subarray(start + from, start + to))
    tensors.set(name, { shape, data })
  }
  return { tensors, metadata }
}

/** What keeps a file's tensors from being a net's: missing, unknown and misshapen ones. */
export function misfits(
  expected: readonly { name: string; shape: readonly number[] }[],
  found: NamedTensors,
): string[] {
  const names = new Set(expected.map(({ name }) => name))
  const problems = [...found.keys()]
    .filter((name) => !names.has(name) && !name.endsWith('.num_batches_tracked'))
    .map((name) => `"${name}" is not a tensor of this net`)
  for (const { name, shape } of expected) {
    const tensor = found.get(name)
    if (!tensor) problems.push(`"${name}" is missing`)
    else if (String(tensor.shape) !== String(shape)) {
      problems.push(`"${name}" is [${tensor.shape}], the net's is [${shape}]`)
    }
  }
  return problems
}
