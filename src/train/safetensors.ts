import { brief } from '../models/validation'
import { repeatedKey } from './repeated-key'
import type { NamedTensors } from './trainer'

/** A file that is not the safetensors file it should be; says where and why. */
export class InvalidSafetensors extends Error {
  override name = 'InvalidSafetensors'
}

/** The format's own limit for the header (Hugging Face's reader has the same). */
const MAX_HEADER_BYTES = 100_000_000
const LENGTH_BYTES = 8

const ELEMENT_BYTES = { F32: 4, I64: 8 }
/** PyTorch's count of a batch norm's steps: an integer among the tensors, and of no use here. */
const STEP_COUNT = '.num_batches_tracked'

interface Entry {
  dtype: keyof typeof ELEMENT_BYTES
  shape: number[]
  data_offsets: [number, number]
}

/** Texts that a file carries beside its tensors, under the format's own key. */
export type Metadata = Readonly<Record<string, string>>

const METADATA = '__metadata__'

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Tensors as a safetensors file: F32, in the order given, aligned to 8 bytes. */
export function writeSafetensors(
  tensors: NamedTensors,
  metadata?: Metadata,
): Uint8Array<ArrayBuffer> {
  const header: [string, Entry | Metadata][] = metadata ? [[METADATA, metadata]] : []
  let end = 0
  for (const [name, { shape, data }] of tensors) {
    const data_offsets: [number, number] = [end, end + data.byteLength]
    header.push([name, { dtype: 'F32', shape: [...shape], data_offsets }])
    end += data.byteLength
  }
  const text = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)))
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
  let text: string
  let header: unknown
  try {
    text = UTF8.decode(file.subarray(LENGTH_BYTES, start))
    header = JSON.parse(text)
  } catch {
    throw fail('its header is not JSON')
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header)) {
    throw fail('its header is not an object')
  }
  const repeated = repeatedKey(text)
  if (repeated !== undefined) throw fail(`its header has "${brief(repeated)}" twice in one object`)
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

function checkEntry(fullName: string, value: unknown): Entry {
  const name = brief(fullName)
  const natural = (x: unknown): x is number => Number.isSafeInteger(x) && (x as number) >= 0
  const entry = value as { [K in keyof Entry]?: unknown } | null
  const { dtype, shape, data_offsets: offsets } = entry ?? {}
  const sound =
    typeof dtype === 'string' &&
    Array.isArray(shape) &&
    shape.every(natural) &&
    Array.isArray(offsets) &&
    offsets.length === 2 &&
    offsets.every(natural)
  if (!sound) throw new InvalidSafetensors(`"${name}": its header entry is malformed`)
  if (dtype !== 'F32' && !(dtype === 'I64' && fullName.endsWith(STEP_COUNT))) {
    throw new InvalidSafetensors(`"${name}": expected dtype F32, got ${brief(dtype)}`)
  }
  const bytes = shape.reduce((a, b) => a * b, ELEMENT_BYTES[dtype])
  if (!Number.isSafeInteger(bytes)) {
    throw new InvalidSafetensors(
      `"${name}": no file holds a tensor of shape [${brief(String(shape))}]`,
    )
  }
  const [from, to] = offsets as [number, number]
  if (to - from !== bytes) {
    throw new InvalidSafetensors(
      `"${name}": shape [${brief(String(shape))}] needs ${bytes} bytes, its offsets give ${to - from}`,
    )
  }
  return { dtype, shape, data_offsets: [from, to] }
}

/**
 * Reads all tensors of a safetensors file, which must be F32; only the counts of steps that PyTorch
 * keeps beside batch norms are passed over. The header is checked in full before a tensor is
 * copied: no name twice, sizes, ranges inside the file, no overlap, no byte of no tensor.
 */
export function readSafetensors(file: Uint8Array): NamedTensors {
  return readWithMetadata(file).tensors
}

/** The same, with the texts that the file carries. */
export function readWithMetadata(file: Uint8Array): { tensors: NamedTensors; metadata: Metadata } {
  const { entries, metadata, start } = parseHeader(file)
  const size = file.length - start
  let covered = 0
  const inOrder = [...entries].sort(([, { data_offsets: a }], [, { data_offsets: b }]) => {
    return a[0] - b[0] || a[1] - b[1]
  })
  for (const [fullName, { data_offsets }] of inOrder) {
    const [from, to] = data_offsets
    const name = brief(fullName)
    if (from < covered) throw new InvalidSafetensors(`"${name}": overlaps the tensor before it`)
    if (from > covered) throw new InvalidSafetensors(`"${name}": leaves a gap before it`)
    if (to > size) throw new InvalidSafetensors(`"${name}": reaches past the end of the file`)
    covered = to
  }
  if (covered < size) {
    throw new InvalidSafetensors(`its last ${size - covered} bytes belong to no tensor`)
  }
  const tensors: NamedTensors = new Map()
  for (const [name, { dtype, shape, data_offsets }] of entries) {
    if (dtype !== 'F32') continue
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
    .filter((name) => !names.has(name) && !name.endsWith(STEP_COUNT))
    .map((name) => `"${brief(name)}" is not a tensor of this net`)
  for (const { name, shape } of expected) {
    const tensor = found.get(name)
    if (!tensor) problems.push(`"${name}" is missing`)
    else if (String(tensor.shape) !== String(shape)) {
      problems.push(`"${name}" is [${brief(String(tensor.shape))}], the net's is [${shape}]`)
    }
  }
  return problems
}
