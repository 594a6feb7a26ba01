import fc from 'fast-check'

/**
 * What may happen to a file: bits that flip, an end that is missing, bytes that are put in, moved or
 * repeated, and numbers that are not what they should be.
 */
export type Damage = (file: Uint8Array) => Uint8Array<ArrayBuffer>

const place = fc.double({ min: 0, max: 1, noNaN: true })
const bytes = fc.uint8Array({ minLength: 1, maxLength: 16 })

const at = (file: Uint8Array, share: number) =>
  Math.min(file.length - 1, Math.floor(share * file.length))

/** Lengths and counts at the edges of what their bytes hold, either end first. */
const lengths = fc
  .tuple(
    fc.constantFrom(
      0n,
      1n,
      0xffffn,
      0x7fff_ffffn,
      0x8000_0000n,
      0xffff_ffffn,
      2n ** 53n,
      2n ** 64n - 1n,
    ),
    fc.constantFrom(2, 4, 8),
    fc.boolean(),
  )
  .map(([value, size, littleEndian]) => {
    const bytes = new Uint8Array(8)
    new DataView(bytes.buffer).setBigUint64(0, value, littleEndian)
    return littleEndian ? bytes.subarray(0, size) : bytes.subarray(8 - size)
  })

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.concat(parts))
}

/** One accident of any kind, anywhere in a file. */
export const damages: fc.Arbitrary<Damage> = fc.oneof(
  fc.tuple(place, fc.nat(7)).map(
    ([where, bit]): Damage =>
      (file) => {
        const flipped = joined(file)
        flipped[at(file, where)]! ^= 1 << bit
        return flipped
      },
  ),
  place.map(
    (where): Damage =>
      (file) =>
        joined(file.subarray(0, at(file, where))),
  ),
  fc.tuple(place, bytes).map(
    ([where, inserted]): Damage =>
      (file) => {
        const i = at(file, where)
        return joined(file.subarray(0, i), inserted, file.subarray(i))
      },
  ),
  fc.tuple(place, bytes).map(
    ([where, written]): Damage =>
      (file) => {
        const i = at(file, where)
        return joined(file.subarray(0, i), written, file.subarray(i + written.length))
      },
  ),
  fc.tuple(place, place).map(
    ([where, from]): Damage =>
      (file) => {
        return joined(file.subarray(0, at(file, where)), file.subarray(at(file, from)))
      },
  ),
  fc.tuple(place, place, fc.nat(200)).map(
    ([where, until, times]): Damage =>
      (file) => {
        const [from, to] = [at(file, where), at(file, until)].sort((a, b) => a - b) as [
          number,
          number,
        ]
        const piece = file.subarray(from, Math.min(to, from + 4096))
        return joined(file.subarray(0, to), ...Array(times).fill(piece), file.subarray(to))
      },
  ),
  fc.tuple(place, lengths).map(
    ([where, written]): Damage =>
      (file) => {
        const i = at(file, where)
        return joined(file.subarray(0, i), written, file.subarray(i + written.length))
      },
  ),
)

/** One to four accidents, one after another. */
export const severalDamages: fc.Arbitrary<Damage> = fc
  .array(damages, { minLength: 1, maxLength: 4 })
  .map(
    (all) => (file) =>
      all.reduce<Uint8Array<ArrayBuffer>>((bytes, one) => one(bytes), joined(file)),
  )
