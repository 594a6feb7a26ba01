import fc from 'fast-check'
import { expect, test } from 'vitest'
import { damages } from '../../test/damage'
import {
  InvalidSafetensors,
  misfits,
  readSafetensors,
  readWithMetadata,
  writeSafetensors,
} from './safetensors'
import type { NamedTensors } from './trainer'

const tensors: NamedTensors = new Map([
  ['conv1.weight', { shape: [2, 1, 1, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) }],
  ['fc.bias', { shape: [2], data: Float32Array.of(-0, 1e-40) }],
  ['empty', { shape: [0], data: new Float32Array() }],
])

/** A file with this header and so many bytes of data behind it. */
function fileWith(header: unknown, dataBytes: number, claimed?: bigint): Uint8Array {
  return fileOf(JSON.stringify(header), dataBytes, claimed)
}

/** The same with the header's text, or its bytes. */
function fileOf(header: string | Uint8Array, dataBytes = 0, claimed?: bigint): Uint8Array {
  const json = typeof header === 'string' ? new TextEncoder().encode(header) : header
  const file = new Uint8Array(8 + json.length + dataBytes)
  new DataView(file.buffer).setBigUint64(0, claimed ?? BigInt(json.length), true)
  file.set(json, 8)
  return file
}

const entry = (from: number, to: number, shape = [(to - from) / 4], dtype = 'F32') => ({
  dtype,
  shape,
  data_offsets: [from, to],
})

/** The entry of a tensor of one element at the start. */
const FOUR = JSON.stringify(entry(0, 4))

test('what is written is read back, bit for bit', () => {
  expect(readSafetensors(writeSafetensors(tensors))).toEqual(tensors)
})

test('a file that is a view into a larger buffer is read from its own bytes', () => {
  const file = writeSafetensors(tensors)
  const larger = Buffer.alloc(file.length + 24, 0x7f)
  larger.set(file, 13)
  expect(readSafetensors(larger.subarray(13, 13 + file.length))).toEqual(tensors)
})

test("the counts of steps among a PyTorch net's tensors are passed over", () => {
  const header = {
    'bn1.bias': entry(0, 4),
    'bn1.num_batches_tracked': entry(4, 12, [], 'I64'),
    'bn1.weight': entry(12, 16),
  }
  expect([...readSafetensors(fileWith(header, 16)).keys()]).toEqual(['bn1.bias', 'bn1.weight'])
})

test('"__proto__" is a name like any other', () => {
  const odd: NamedTensors = new Map([['__proto__', tensors.get('fc.bias')!]])
  expect(readSafetensors(writeSafetensors(odd))).toEqual(odd)
})

test('an empty tensor may stand anywhere in the header', () => {
  const header = { a: entry(0, 4), b: entry(4, 8), empty: entry(4, 4) }
  expect(readSafetensors(fileWith(header, 8)).size).toBe(3)
})

test('a million texts, and one of twelve million characters, are read', {
  timeout: 120_000,
}, () => {
  const texts = Object.fromEntries(Array.from({ length: 1e6 }, (_, i) => [`key ${i}`, '"']))
  const { metadata } = readWithMetadata(writeSafetensors(tensors, texts))
  expect(Object.keys(metadata)).toHaveLength(1e6)
  const text = 'a\n"'.repeat(4e6)
  const long = readWithMetadata(writeSafetensors(tensors, { text }))
  expect(long.metadata.text === text).toBe(true)
})

test.each([
  ['a header longer than the file', fileWith({}, 0, 1n << 60n), 'header claims'],
  ['a header that is no JSON', fileWith({}, 8).fill(0x41, 8), 'not JSON'],
  ['a header that is a list', fileWith([1], 0), 'not an object'],
  ['a tensor past the end', fileWith({ a: entry(0, 16) }, 8), '"a": reaches past the end'],
  ['overlapping tensors', fileWith({ a: entry(0, 8), b: entry(4, 12) }, 12), '"b": overlaps'],
  ['another dtype', fileWith({ a: entry(0, 8, [2], 'F16') }, 8), '"a": expected dtype F32'],
  ['a shape of another size', fileWith({ a: entry(0, 8, [3]) }, 8), '"a": shape [3] needs 12'],
  ['a negative offset', fileWith({ a: entry(-4, 4, [2]) }, 8), '"a": its header entry'],
  ['a gap', fileWith({ a: entry(0, 4), b: entry(8, 12) }, 12), '"b": leaves a gap'],
  ['bytes of no tensor', fileWith({ a: entry(0, 4) }, 12), 'last 8 bytes belong to no tensor'],
  ['a name twice', fileOf(`{"a":${FOUR},"a":${FOUR}}`, 4), 'has "a" twice'],
  ['a name twice, once escaped', fileOf(`{"a":${FOUR},"\\u0061" :${FOUR}}`, 4), 'has "a" twice'],
  ['metadata twice', fileOf('{"__metadata__":{},"__metadata__":{}}'), '"__metadata__" twice'],
  ['a text twice', fileOf('{"__metadata__":{"k\\"":"{","k\\"":"}"}}'), 'has "k"" twice'],
  [
    'an entry with its dtype twice',
    fileOf(`{"a":{"dtype":"F16",${FOUR.slice(1)}}`, 4),
    'has "dtype" twice',
  ],
  [
    'a shape that no number counts',
    fileWith({ a: entry(0, 0, Array(40).fill(2 ** 40)) }, 0),
    '"a": no file holds a tensor of shape',
  ],
  ['a shape of 2⁵³ bytes', fileWith({ a: entry(0, 0, [2 ** 51]) }, 0), 'no file holds'],
  ['invalid UTF-8', fileOf(Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x7d)), 'not JSON'],
  ['a byte order mark', fileOf('\ufeff{}'), 'not JSON'],
  [
    'a header of lists in lists',
    fileOf(`{"a":${'['.repeat(1e5)}${']'.repeat(1e5)}}`),
    '"a": its header entry',
  ],
  [
    'a header of objects in objects',
    fileOf(`${'{"a":'.repeat(1e5)}0${'}'.repeat(1e5)}`),
    '"a": its header entry',
  ],
  ['an integer tensor', fileWith({ a: entry(0, 8, [], 'I64') }, 8), 'expected dtype F32, got I64'],
  [
    'a count of steps past the end',
    fileWith({ 'bn1.num_batches_tracked': entry(0, 8, [], 'I64') }, 4),
    '"bn1.num_batches_tracked": reaches past the end',
  ],
  [
    'a count of steps of another size',
    fileWith({ 'bn1.num_batches_tracked': entry(0, 4, [], 'I64') }, 4),
    'shape [] needs 8 bytes',
  ],
])('%s is refused by name', (_, file, reason) => {
  expect(() => readSafetensors(file)).toThrow(InvalidSafetensors)
  expect(() => readSafetensors(file)).toThrow(reason)
})

test('no damage to the bytes makes the reader crash or hang', () => {
  const file = writeSafetensors(tensors)
  fc.assert(
    fc.property(fc.array(damages, { minLength: 1, maxLength: 4 }), (accidents) => {
      try {
        readSafetensors(accidents.reduce<Uint8Array>((bytes, damage) => damage(bytes), file))
      } catch (error) {
        expect(error).toBeInstanceOf(InvalidSafetensors)
      }
    }),
    { numRuns: 5000, seed: 1 },
  )
})

test('tensors that do not fit a net are listed: missing, unknown, misshapen', () => {
  const expected = [
    { name: 'conv1.weight', shape: [2, 1, 3, 1] },
    { name: 'fc.weight', shape: [2, 2] },
    { name: 'fc.bias', shape: [2] },
  ]
  expect(misfits(expected, tensors)).toEqual([
    '"empty" is not a tensor of this net',
    '"conv1.weight" is [2,1,1,3], the net\'s is [2,1,3,1]',
    '"fc.weight" is missing',
  ])
})
