import fc from 'fast-check'
import { expect, test } from 'vitest'
import { InvalidSafetensors, misfits, readSafetensors, writeSafetensors } from './safetensors'
import type { NamedTensors } from './trainer'

const tensors: NamedTensors = new Map([
  ['conv1.weight', { shape: [2, 1, 1, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) }],
  ['fc.bias', { shape: [2], data: Float32Array.of(-0, 1e-40) }],
  ['empty', { shape: [0], data: new Float32Array() }],
])

/** A file with this header and so many bytes of data behind it. */
function fileWith(header: unknown, dataBytes: number, claimed?: bigint): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(header))
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

test('what is written is read back, bit for bit', () => {
  expect(readSafetensors(writeSafetensors(tensors))).toEqual(tensors)
})

test('a file that is a view into a larger buffer is read from its own bytes', () => {
  const file = writeSafetensors(tensors)
  const larger = Buffer.alloc(file.length + 24, 0x7f)
  larger.set(file, 13)
  expect(readSafetensors(larger.subarray(13, 13 + file.length))).toEqual(tensors)
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
])('%s is refused by name', (_, file, reason) => {
  expect(() => readSafetensors(file)).toThrow(InvalidSafetensors)
  expect(() => readSafetensors(file)).toThrow(reason)
})

test('no mutation of the bytes makes the reader crash or hang', () => {
  const file = writeSafetensors(tensors)
  const position = fc.nat(file.length - 1)
  fc.assert(
    fc.property(
      fc.array(fc.tuple(position, fc.nat(255)), { maxLength: 8 }),
      position,
      (edits, cut) => {
        const mutated = file.slice(0, file.length - (cut % 9))
        for (const [at, byte] of edits) if (at < mutated.length) mutated[at] = byte
        try {
          readSafetensors(mutated)
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidSafetensors)
        }
      },
    ),
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
